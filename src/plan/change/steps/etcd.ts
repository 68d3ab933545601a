import type { EtcdSpec } from '../../../api/parts/etcd.ts';
import { inKeyOrder } from '../../../base/json.ts';
import type { Steps } from './types.ts';

/** etcd is to be something else than it was let through as: the catalogue has a newer one, or another size. */
export const etcd: Steps = (target, { accepted }) => {
  const before = accepted.etcd;
  if (!before || isSame(before, target.etcd)) return [];
  return [{ kind: 'etcd', part: 'etcd', path: 'spec', without: children => ({ ...children, etcd: before }) }];
};

/** By the fields this function knows; what a newer one wrote beside them is no difference. */
function isSame(before: EtcdSpec, target: EtcdSpec): boolean {
  return JSON.stringify(inKeyOrder({ ...before, ...target })) === JSON.stringify(inKeyOrder({ ...before }));
}
