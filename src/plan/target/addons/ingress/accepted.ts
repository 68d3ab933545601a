import type { Accepted } from '../../../children.ts';
import { releaseOf } from './engine.ts';
import type { Handover } from './handover.ts';

/** How far the cluster is, by the spec last let through; a cluster from before engines could be changed has nginx. */
export function handoverOf({ addons }: Accepted): Handover | undefined {
  if (addons?.ingress) return addons.ingress;
  if (!addons || !Object.hasOwn(addons.releases, releaseOf({ engine: 'nginx', slot: 'main' }))) return undefined;
  return { service: 'chart', main: { engine: 'nginx', turn: 0 }, serving: { slot: 'main', turn: 0 }, turn: 0 };
}
