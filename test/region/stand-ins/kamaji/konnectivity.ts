import { at, type JsonObject, num, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';

const NAME = 'konnectivity-agent';
const LABELS = { 'k8s-app': NAME };

/** The port of the tunnel server on the tenant's Service, when the add-on is asked for. */
export function tunnelPort(tenant: KubeObject): number | undefined {
  const addon = at(tenant, 'spec', 'addons', 'konnectivity');
  return addon === undefined ? undefined : (num(at(addon, 'server', 'port')) ?? 8132);
}

/** The tunnel server beside the API server. It takes its room on the node; no tunnel is dug on one machine. */
export function tunnelServer(tenant: KubeObject): JsonObject[] {
  const port = tunnelPort(tenant);
  if (port === undefined) return [];
  const server = at(tenant, 'spec', 'addons', 'konnectivity', 'server');
  return [
    {
      name: 'konnectivity-server',
      image: image(tenant, server, 'registry.k8s.io/kas-network-proxy/proxy-server'),
      args: [`--agent-port=${port}`],
      ports: [{ name: 'agentport', containerPort: port }],
      ...(at(server, 'resources') !== undefined && { resources: at(server, 'resources') }),
    },
  ];
}

/** The agents Kamaji puts on every node of the tenant. */
export function tunnelAgents(tenant: KubeObject): KubeObject[] {
  if (tunnelPort(tenant) === undefined) return [];
  const agent = at(tenant, 'spec', 'addons', 'konnectivity', 'agent');
  const metadata = { name: NAME, namespace: 'kube-system', labels: LABELS };
  const rbac = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'system:konnectivity-server' },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'system:auth-delegator' },
      subjects: [{ apiGroup: rbac, kind: 'User', name: 'system:konnectivity-server' }],
    },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata,
      spec: {
        selector: { matchLabels: LABELS },
        template: {
          metadata: { labels: LABELS },
          spec: {
            serviceAccountName: NAME,
            priorityClassName: 'system-cluster-critical',
            tolerations: at(agent, 'tolerations') ?? [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
            containers: [{ name: NAME, image: image(tenant, agent, 'registry.k8s.io/kas-network-proxy/proxy-agent') }],
          },
        },
      },
    },
  ];
}

/** Without a version of its own it is that of the cluster's minor (konnectivity_server.go, serverVersion). */
function image(tenant: KubeObject, part: unknown, fallback: string): string {
  const minor = /^v?1\.(\d+)/.exec(str(at(tenant, 'spec', 'kubernetes', 'version')) ?? '')?.[1] ?? '0';
  return `${str(at(part, 'image')) ?? fallback}:${str(at(part, 'version')) ?? `v0.${minor}.0`}`;
}
