import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KubeObject } from '../kube-types.ts';
import { cacheDir } from '../programs/cache.ts';
import { moduleFolder, type PinnedModule } from './modules.ts';
import { isKubeObject, readObjects } from './read.ts';

/** Changes with what is written, so that files of an older checkout are not taken for ours. */
const format = 2;

/**
 * The objects at a path within a pinned module. They are kept as JSON beside the built programs: reading
 * three megabytes of YAML takes seconds, and without the cache every start would also ask Go for the module.
 * Their descriptions are left out, three quarters of the text: on a busy machine the API server takes half the time.
 */
export async function moduleObjects(
  module: PinnedModule,
  path: string,
  log: (line: string) => void,
): Promise<KubeObject[]> {
  const key = createHash('sha256')
    .update(JSON.stringify([format, module, path]))
    .digest('hex')
    .slice(0, 12);
  const file = join(cacheDir(), 'manifests', `${key}.json`);
  const cached = await readFile(file, 'utf8').catch(() => undefined);
  if (cached !== undefined) {
    const objects: unknown = JSON.parse(cached);
    if (Array.isArray(objects) && objects.every(isKubeObject)) return objects;
  }
  const objects = (await readObjects(join(await moduleFolder(module, log), path))).map(withoutDescriptions);
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, JSON.stringify(objects));
  await rename(unfinished, file);
  return objects;
}

function withoutDescriptions(object: KubeObject): KubeObject {
  const text = JSON.stringify(object, (key, value: unknown) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );
  const parsed: unknown = JSON.parse(text);
  return isKubeObject(parsed) ? parsed : object;
}
