import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, nameFor } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { INGRESS_NODE_PORTS } from '../../base/ports.ts';
import { metadataOf } from '../metadata.ts';
import type { Rendered } from '../types.ts';
import { CONTROL_PLANE } from './resource-names.ts';

/** Where Let's Encrypt asks for its proof, by plain HTTP. */
const ACME_PATH = '/.well-known/acme-challenge';

/**
 * The way from the platform's shared ingress into the cluster (H65). TLS passes through to the tenant's own controller,
 * which holds the certificates; the challenges of Let's Encrypt pass as plain HTTP, everything else is sent to HTTPS.
 * Any node takes the traffic, because the tenant's network carries it on from the node port.
 */
export function tenantIngress(
  id: ClusterId,
  { hosts, ingressClass }: NonNullable<ControlPlaneSpec['ingress']>,
): Rendered {
  const rule = (host: string, path: string, port: string) => ({
    host,
    http: {
      paths: [
        { path, pathType: 'Prefix', backend: { service: { name: nameFor(id, 'ingress'), port: { name: port } } } },
      ],
    },
  });
  const ingress = (word: string, annotations: Record<string, string>, path: string, port: string): KubeObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadataOf(id, nameFor(id, word)), annotations },
    spec: { ingressClassName: ingressClass, rules: hosts.map(host => rule(host, path, port)) },
  });
  return new Map([
    [CONTROL_PLANE.ingressService, service(id)],
    [
      CONTROL_PLANE.ingressTls,
      ingress(
        'ingress-tls',
        {
          'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
          'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true',
          'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
        },
        '/',
        'https',
      ),
    ],
    [
      CONTROL_PLANE.ingressAcme,
      ingress('ingress-acme', { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' }, ACME_PATH, 'http'),
    ],
  ]);
}

function service(id: ClusterId): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(id, nameFor(id, 'ingress')),
    spec: {
      type: 'ClusterIP',
      // The launcher Pods of the cluster's machines: their address is the node's.
      selector: { [CLUSTER_LABEL]: id.name, 'kubevirt.io': 'virt-launcher' },
      ports: [
        { name: 'http', port: 80, protocol: 'TCP', targetPort: INGRESS_NODE_PORTS.http },
        { name: 'https', port: 443, protocol: 'TCP', targetPort: INGRESS_NODE_PORTS.https },
      ],
    },
  };
}
