import { type Controller, runController } from '../../controller.ts';
import type { Kube } from '../../kube.ts';
import type { Log } from '../../log.ts';
import type { InfraNode } from './infra.ts';
import type { Zones } from './zones.ts';

/** Annotation on the platform's Nodes by which tests cut the power; `off` on all of a zone means the zone. */
const POWER = 'region.hikube.cloud/power';

/** Cuts a zone's power when all its Nodes are switched off, and gives it back when one is switched on again. */
export function startPowerSwitch(kube: Kube, infra: readonly InfraNode[], zones: Zones, log: Log): Controller {
  const zoneOf = new Map(infra.map(node => [node.name, node.zone]));
  const off = new Set<string>();
  return runController({
    name: 'power-switch',
    kube,
    log,
    watches: [{ kind: 'v1/Node', map: node => [{ name: zoneOf.get(node.metadata.name) ?? '' }] }],
    async reconcile({ name: zone }) {
      if (zone === '') return;
      const nodes = (await kube.list('v1/Node')).filter(node => zoneOf.get(node.metadata.name) === zone);
      const isOff = nodes.length > 0 && nodes.every(node => node.metadata.annotations?.[POWER] === 'off');
      if (isOff === off.has(zone)) return;
      if (isOff) {
        off.add(zone);
        await zones.lose(zone);
      } else {
        off.delete(zone);
        await zones.restore(zone);
      }
    },
  });
}
