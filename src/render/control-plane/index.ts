import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Rendered } from '../types.ts';
import { apiIngress } from './api-ingress.ts';
import { apiServerCompanions } from './api-server.ts';
import { autoscaler } from './autoscaler.ts';
import { cloudController } from './cloud-controller.ts';
import { API_PORT, cluster } from './cluster.ts';
import { CSI_CONTROLLER, csiController } from './csi-controller.ts';
import { handedOver } from './host-handover.ts';
import { kamajiControlPlane } from './kamaji-control-plane.ts';
import { kubevirtCluster } from './kubevirt-cluster.ts';
import { CONTROL_PLANE } from './resource-names.ts';
import { tenantIngress } from './tenant-ingress.ts';

/**
 * Objects of `HikubeControlPlane`: the cluster, its control plane, and the programs that run beside it.
 *
 * @param observed the objects that exist, by composition resource name
 */
export function renderControlPlane(
  id: ClusterId,
  spec: ControlPlaneSpec,
  observed: ReadonlyMap<string, KubeObject> = new Map(),
): Rendered {
  const rendered: Rendered = new Map([
    [CONTROL_PLANE.cluster, cluster(id, spec)],
    [CONTROL_PLANE.controlPlane, kamajiControlPlane(id, spec)],
    [CONTROL_PLANE.infrastructure, kubevirtCluster(id)],
    ...apiServerCompanions(id),
    ...autoscaler(id, spec),
    ...cloudController(id, spec),
    ...csiController(id, spec, observed.get(CSI_CONTROLLER)),
  ]);
  const { endpoint, ingress } = handedOver(spec, observed);
  if (endpoint) rendered.set(CONTROL_PLANE.apiIngress, apiIngress(id, endpoint, API_PORT));
  if (ingress) for (const [name, object] of tenantIngress(id, ingress)) rendered.set(name, object);
  return rendered;
}
