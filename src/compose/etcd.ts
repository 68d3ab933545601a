import { type EtcdStatus, etcdSpec } from '../api/parts/etcd.ts';
import { numberAt } from '../base/json.ts';
import { readiness } from '../readiness/index.ts';
import { renderEtcd } from '../render/etcd/index.ts';
import { composeChild } from './child.ts';
import type { ComposeInput, Composer } from './types.ts';

/** Composes `HikubeEtcd`. */
export const composeEtcd: Composer = input =>
  composeChild(
    {
      schema: etcdSpec,
      render: (id, spec, { observed }) => renderEtcd(id, spec, observed),
      hold: ({ observed }) => (certificatesReady(observed) ? [] : ['etcd']),
      status: (spec, { observed }): EtcdStatus => ({
        members: spec.zones.length,
        readyMembers: numberAt(observed.get('etcd'), 'status', 'readyMembers') ?? 0,
      }),
    },
    input,
  );

/** Members that start before their certificates are issued crash until a kubelet happens to mount them. */
function certificatesReady(observed: ComposeInput['observed']): boolean {
  return ['server-certificate', 'peer-certificate', 'client-certificate'].every(
    name => readiness(observed.get(name)).state === 'ready',
  );
}
