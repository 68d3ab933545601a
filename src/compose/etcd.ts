import { type EtcdStatus, etcdSpec } from '../api/parts/etcd.ts';
import { numberAt } from '../base/json.ts';
import { readiness } from '../readiness/index.ts';
import { renderEtcd } from '../render/etcd/index.ts';
import { ETCD } from '../render/etcd/resource-names.ts';
import { composeChild } from './child.ts';
import type { ComposeInput, Composer } from './types.ts';

/** Composes `HikubeEtcd`. */
export const composeEtcd: Composer = input =>
  composeChild(
    {
      schema: etcdSpec,
      render: (id, spec, { observed }) => renderEtcd(id, spec, observed),
      hold: ({ observed }) => (certificatesReady(observed) ? [] : [ETCD.cluster]),
      status: (spec, { observed }): EtcdStatus => ({
        members: spec.zones.length,
        readyMembers: numberAt(observed.get(ETCD.cluster), 'status', 'readyMembers') ?? 0,
      }),
    },
    input,
  );

/** Members that start before their certificates are issued crash until a kubelet happens to mount them. */
function certificatesReady(observed: ComposeInput['observed']): boolean {
  return [ETCD.serverCertificate, ETCD.peerCertificate, ETCD.clientCertificate].every(
    name => readiness(observed.get(name)).state === 'ready',
  );
}
