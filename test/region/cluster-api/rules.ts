import { join } from 'node:path';
import { z } from 'zod';
import { moduleFolder, type PinnedModule } from '../crds/modules.ts';
import { readObjects } from '../crds/read.ts';
import type { Log } from '../log.ts';
import type { PolicyRule } from '../stand-ins/stand-in.ts';

/** The rights that a program's own module asks for, by the file of its role. */
export async function moduleRules(module: PinnedModule, file: string, log: Log): Promise<PolicyRule[]> {
  const objects = await readObjects(join(await moduleFolder(module, log), file));
  return objects.filter(object => object.kind === 'ClusterRole').flatMap(object => role.parse(object).rules);
}

const role = z.object({
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).optional(),
      verbs: z.array(z.string()),
    }),
  ),
});
