import { join } from 'node:path';
import { z } from 'zod';
import { moduleFolder } from '../crds/modules.ts';
import { readObjects } from '../crds/read.ts';
import type { Log } from '../log.ts';
import type { PolicyRule } from '../stand-ins/stand-in.ts';
import type { Manager } from './managers.ts';

/** The rights a manager's own module asks for. */
export async function managerRules(manager: Manager, log: Log): Promise<PolicyRule[]> {
  const objects = await readObjects(join(await moduleFolder(manager.module, log), manager.role));
  const own = objects.filter(object => object.kind === 'ClusterRole').flatMap(object => role.parse(object).rules);
  return [...own, ...manager.extraRules];
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
