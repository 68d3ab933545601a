import { type EtcdStatus, etcdSpec } from '../api/children/etcd.ts';
import { numberAt } from '../api/json.ts';
import { renderEtcd } from '../render/etcd/index.ts';
import { composeChild } from './child.ts';
import type { Composer } from './types.ts';

/** Composes `HikubeEtcd`. */
export const composeEtcd: Composer = input =>
  composeChild(
    {
      schema: etcdSpec,
      render: renderEtcd,
      status: (spec, { observed }): EtcdStatus => ({
        members: spec.zones.length,
        readyMembers: numberAt(observed.get('etcd'), 'status', 'readyMembers') ?? 0,
      }),
    },
    input,
  );
