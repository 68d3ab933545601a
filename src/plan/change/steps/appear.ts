import { byKey, entryOf } from '../../../base/json.ts';
import type { Children } from '../../children.ts';
import type { ObservedCluster } from '../../observed.ts';
import type { PartName } from '../pending.ts';
import type { Appearance } from './types.ts';

/** Parts that are wanted and not there yet, in the order they come up. */
export function appearances(children: Children, observed: ObservedCluster): Appearance[] {
  return partsOf(children)
    .filter(([part]) => !isThere(part, observed))
    .map(([part, path]) => ({ kind: 'appear', part, path, without: same => same }));
}

function partsOf({ etcd, controlPlane, pools, addons }: Children): [PartName, string][] {
  const groups = byKey(pools).map(([group]): [PartName, string] => [`pool-${group}`, `spec.nodeGroups.${group}`]);
  return [...(etcd ? STORE : []), ...(controlPlane ? [CONTROL_PLANE] : []), ...groups, ...(addons ? [ADDONS] : [])];
}

const STORE: [PartName, string][] = [
  ['etcd', 'spec'],
  ['datastore', 'spec'],
  ['usage-etcd', 'spec'],
  ['usage-namespace', 'spec'],
];
const CONTROL_PLANE: [PartName, string] = ['control-plane', 'spec.controlPlane'];
const ADDONS: [PartName, string] = ['addons', 'spec.addons'];

/** Gates are sticky: what exists stays until the claim asks for its removal (decision sticky-gates). */
function isThere(part: PartName, observed: ObservedCluster): boolean {
  switch (part) {
    case 'etcd':
      return observed.etcd !== undefined;
    case 'datastore':
      return observed.dataStore !== undefined;
    case 'usage-etcd':
    case 'usage-namespace':
      return observed.usages?.includes(part) ?? false;
    case 'control-plane':
      return observed.controlPlane !== undefined;
    case 'addons':
      return observed.addons !== undefined;
    default:
      return entryOf(observed.pools, part.slice('pool-'.length)) !== undefined;
  }
}
