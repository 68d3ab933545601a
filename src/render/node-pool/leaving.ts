import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { entryOf } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Leaving } from '../types.ts';
import { isEmpty, isTemplate, type Observed, observedDeployments, settled, templateRefs, zoneOf } from './observed.ts';

/**
 * What of a group may go. It is decided by what is seen of the machines, whatever was rendered: the parts of a zone that
 * may have no nodes and has none, and templates of which no machine of their zone is made. Nobody knows that of a zone
 * whose MachineDeployment is not seen.
 */
export function leavingOfPool(spec: Pick<NodePoolSpec, 'zones'>, observed: Observed): Leaving {
  const deployments = observedDeployments(observed);
  const leaving: Leaving = new Map();
  for (const [part, object] of observed) {
    const zone = zoneOf(object);
    const deployment = deployments.get(zone);
    if (!deployment) continue;
    const isLeft = (entryOf(spec.zones, zone)?.max ?? 0) === 0 && isEmpty(deployment);
    if (isLeft && (object === deployment || isTemplate(object))) {
      leaving.set(part, `the group is to have no nodes in ${zone}, and has none`);
    } else if (isTemplate(object) && isUnused(object, deployment)) {
      leaving.set(part, `no machine of the group in ${zone} is made of it`);
    }
  }
  return leaving;
}

/** Whether all machines of a MachineDeployment are made of the templates it names, and this is none of them. */
function isUnused({ metadata }: KubeObject, deployment: KubeObject): boolean {
  const { machine, bootstrap } = templateRefs(deployment);
  if (machine === undefined || bootstrap === undefined || !settled(deployment, machine, bootstrap)) return false;
  return metadata.name !== machine && metadata.name !== bootstrap;
}
