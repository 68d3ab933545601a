import { type ControlPlaneStatus, controlPlaneSpec } from '../api/parts/control-plane.ts';
import { booleanAt, numberAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { present } from '../base/present.ts';
import { conditionOf } from '../readiness/conditions.ts';
import { servedHosts } from '../render/control-plane/host-handover.ts';
import { renderControlPlane } from '../render/control-plane/index.ts';
import { leavingIngresses } from '../render/control-plane/leaving.ts';
import { CONTROL_PLANE } from '../render/control-plane/resource-names.ts';
import { composeChild } from './child.ts';
import type { ComposeInput, Composer } from './types.ts';

/** Composes `HikubeControlPlane`. */
export const composeControlPlane: Composer = input =>
  composeChild(
    {
      schema: controlPlaneSpec,
      render: (id, spec, { observed }) => renderControlPlane(id, spec, observed),
      leaving: (spec, { observed }) => leavingIngresses(spec, observed),
      status: (spec, { composite, observed }, { desired }) => ({
        ...statusOf(spec.replicas, composite, observed),
        ...hostsOf(composite, [...observed.values(), ...[...desired.values()].map(({ object }) => object)]),
      }),
    },
    input,
  );

function statusOf(replicas: number, composite: KubeObject, observed: ComposeInput['observed']): ControlPlaneStatus {
  const controlPlane = observed.get(CONTROL_PLANE.controlPlane);
  const version = stringAt(controlPlane, 'status', 'version');
  const reachable = reachability(observed.get(CONTROL_PLANE.cluster));
  const address = addressOf(observed.get(CONTROL_PLANE.apiIngress));
  const ingressAddress = addressOf(observed.get(CONTROL_PLANE.ingressTls));
  // Sticky: pools and add-ons wait for the first answer only, and must not be taken back by a later silence.
  const initialized =
    booleanAt(composite, 'status', 'initialized') === true || booleanAt(controlPlane, 'status', 'ready') === true;
  return present({
    version: version ? `v${version.replace(/^v/, '')}` : undefined,
    replicas,
    readyReplicas: numberAt(controlPlane, 'status', 'readyReplicas') ?? 0,
    initialized,
    reachable,
    address,
    ingressAddress,
  });
}

/**
 * Hosts of the Ingresses there are and of those that are applied next, and of which spec this is said: one that is not
 * among them is on no Ingress of ours, as long as the spec is the same.
 */
function hostsOf(composite: KubeObject, objects: readonly KubeObject[]): Pick<ControlPlaneStatus, 'hosts' | 'hostsAt'> {
  const hosts = servedHosts(objects);
  return present({
    hosts: hosts.length > 0 ? hosts : undefined,
    hostsAt: numberAt(composite, 'metadata', 'generation'),
  });
}

/** Whether Cluster API reaches the tenant's API; unknown until it has tried. */
function reachability(cluster: KubeObject | undefined): boolean | undefined {
  const probe = cluster && conditionOf(cluster, 'RemoteConnectionProbe')?.status;
  return probe === 'True' ? true : probe === 'False' ? false : undefined;
}

function addressOf(ingress: KubeObject | undefined): string | undefined {
  const path = ['status', 'loadBalancer', 'ingress', 0];
  return stringAt(ingress, ...path, 'ip') ?? stringAt(ingress, ...path, 'hostname');
}
