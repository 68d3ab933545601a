import type { JsonObject } from '../../../../base/json.ts';
import { INGRESS_NODE_PORTS } from '../../../../base/ports.ts';
import { merged } from '../release.ts';
import type { AddonContext, Values } from '../types.ts';
import { ROLE, type Slot } from './engine.ts';
import { placementOf } from './placement.ts';

/**
 * Who owns class and Service: the chart of nginx, as in every cluster that never changed its engine; the chart, which
 * has been told to leave them behind; nobody, for the moment between the two; the release of our own.
 */
export type ServiceOwner = 'chart' | 'kept' | 'nobody' | 'front';

/** Helm leaves alone what carries it, when a release no longer has it. */
const KEEP = { 'helm.sh/resource-policy': 'keep' };
const LABELS = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };

/** Values of ingress-nginx, those of the tenant laid over ours. */
export function nginxValues(
  context: AddonContext,
  slot: Slot,
  owner: ServiceOwner,
  turn: number,
  given: Values,
): Values {
  return merged(merged(own(context), given), forced(slot, owner, turn));
}

function own(context: AddonContext): Values {
  const { topologySpreadConstraints = [], ...nodes } = placementOf(context, LABELS);
  return {
    controller: {
      // A Deployment, because the documentation's commands and replicaCount need one (D36).
      kind: 'Deployment',
      replicaCount: 2,
      ingressClassResource: { name: 'nginx', enabled: true },
      service: service(context),
      metrics: { enabled: true },
      topologySpreadConstraints,
      ...nodes,
    },
  };
}

function service(context: AddonContext): JsonObject {
  return context.request.ingress.expose === 'LoadBalancer'
    ? { type: 'LoadBalancer' }
    : { type: 'NodePort', nodePorts: { ...INGRESS_NODE_PORTS } };
}

/** What a tenant's values must not undo while class and Service change hands. */
function forced(slot: Slot, owner: ServiceOwner, turn: number): Values {
  if (owner === 'chart') return {};
  if (owner === 'kept')
    return { controller: { service: { annotations: KEEP }, ingressClassResource: { annotations: KEEP } } };
  const bridge = {
    fullnameOverride: `${ROLE}-bridge`,
    controller: {
      admissionWebhooks: { enabled: false },
      // Two engines that write the address of one Ingress would overwrite each other for ever.
      extraArgs: { 'update-status': 'false' },
    },
  };
  const leaves = {
    controller: {
      // Distinguishes a release from an earlier one of the same name, without touching its Pods.
      annotations: { 'hikube.cloud/turn': String(turn) },
      service: { enabled: false },
      ingressClassResource: { enabled: false },
      // The last Pod would take the addresses out of every Ingress, and external DNS the names with them.
      extraArgs: { 'update-status-on-shutdown': 'false' },
    },
  };
  return slot === 'bridge' ? merged(leaves, bridge) : leaves;
}
