import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isObject } from '../json.ts';
import type { KubeObject } from '../kube-types.ts';

/** All objects in the YAML files of a folder, or in one file. */
export async function readObjects(path: string): Promise<KubeObject[]> {
  if (path.endsWith('.yaml')) return parse(await readFile(path, 'utf8'), path);
  const files = (await readdir(path)).filter(file => file.endsWith('.yaml')).sort();
  const objects = await Promise.all(files.map(file => readObjects(join(path, file))));
  return objects.flat();
}

function parse(text: string, path: string): KubeObject[] {
  const documents = parseAllDocuments(text);
  return documents.flatMap(document => {
    const [error] = document.errors;
    if (error) throw new Error(`cannot read ${path}: ${error.message}`);
    const value: unknown = document.toJS();
    if (value === null) return [];
    if (!isKubeObject(value)) throw new Error(`cannot read ${path}: not a Kubernetes object`);
    return [value];
  });
}

/** True for what has the outline of a Kubernetes object. */
export function isKubeObject(value: unknown): value is KubeObject {
  return isObject(value) && typeof value.kind === 'string' && isObject(value.metadata);
}
