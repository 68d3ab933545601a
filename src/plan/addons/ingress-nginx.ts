import { INGRESS_NODE_PORTS } from '../../api/ingress-ports.ts';
import type { JsonObject } from '../../api/json.ts';
import { exposeMethod } from '../expose.ts';
import type { Problem } from '../problem.ts';
import { groupsWithRole, tolerationsFor } from './groups.ts';
import { readOverride } from './override.ts';
import { release } from './release.ts';
import type { Addon, AddonContext, Values } from './types.ts';

const ROLE = 'ingress-nginx';
const PATH = 'spec.addons.ingressNginx';
const LABELS = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };

/** NGINX ingress controller, class `nginx`. */
export const ingressNginx: Addon = {
  releases(context) {
    if (!context.spec.addons.ingressNginx?.enabled) return {};
    return {
      'ingress-nginx': release(context, 'ingress-nginx', {
        values: values(context),
        override: override(context).values,
      }),
    };
  },
  warnings(context) {
    if (!context.spec.addons.ingressNginx?.enabled) return [];
    return [...override(context).warnings, ...placement(context), ...exposure(context)];
  },
};

function override({ spec }: AddonContext) {
  return readOverride(spec.addons.ingressNginx?.valuesOverride, `${PATH}.valuesOverride`, ['ingressNginx', ROLE]);
}

function values(context: AddonContext): Values {
  const groups = groupsWithRole(context, ROLE);
  const tolerations = tolerationsFor(groups);
  return {
    controller: {
      // A Deployment, because the documentation's commands and replicaCount need one (reference D36).
      kind: 'Deployment',
      replicaCount: 2,
      ingressClassResource: { name: 'nginx', enabled: true },
      service: service(context),
      metrics: { enabled: true },
      topologySpreadConstraints: [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')],
      ...(groups.length > 0
        ? { nodeSelector: { 'kubernetes.io/os': 'linux', [`node-role.kubernetes.io/${ROLE}`]: '' } }
        : {}),
      ...(tolerations.length > 0 ? { tolerations } : {}),
    },
  };
}

function service(context: AddonContext): JsonObject {
  return exposeMethod(context.spec) === 'LoadBalancer'
    ? { type: 'LoadBalancer' }
    : { type: 'NodePort', nodePorts: { ...INGRESS_NODE_PORTS } };
}

/** Preferred, not required: a group of one node must hold both replicas. */
function spread(topologyKey: string): JsonObject {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...LABELS } },
  };
}

function placement(context: AddonContext): Problem[] {
  if (groupsWithRole(context, ROLE).length > 0) return [];
  return [
    {
      code: 'NoIngressNodes',
      path: PATH,
      message: `no node group has the role ${ROLE}, so the ingress controller runs on any node`,
      remedy: `add roles: [${ROLE}] to the group that is to take the traffic`,
    },
  ];
}

function exposure(context: AddonContext): Problem[] {
  if (exposeMethod(context.spec) !== 'Proxied') return [];
  const hosts = context.spec.addons.ingressNginx?.hosts ?? [];
  if (hosts.length === 0) {
    return [
      {
        code: 'NothingExposed',
        path: `${PATH}.hosts`,
        message: 'exposeMethod Proxied without hosts publishes nothing',
        remedy: 'name the hosts, or use exposeMethod: LoadBalancer',
      },
    ];
  }
  return hosts.flatMap((host, index) =>
    host.startsWith('*')
      ? [
          {
            code: 'WildcardProxied' as const,
            path: `${PATH}.hosts[${index}]`,
            message: `the shared ingress passes TLS on by exact host name, so ${host} would meet its certificate instead of yours`,
            remedy: 'name each host, or use exposeMethod: LoadBalancer',
          },
        ]
      : [],
  );
}
