import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { type ClusterId, nameFor, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { metadataOf } from '../metadata.ts';

/**
 * Public way to the Kubernetes API: TLS passes through to the API servers, which check client certificates
 * themselves. It is our own and not Kamaji's, whose ingress would make workers join by the public host.
 */
export function apiIngress(
  id: ClusterId,
  { host, ingressClass }: NonNullable<ControlPlaneSpec['endpoint']>,
  port: number,
): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...metadataOf(id, nameFor(id, 'api')),
      annotations: {
        'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
        'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
      },
    },
    spec: {
      ingressClassName: ingressClass,
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: names.controlPlane(id), port: { number: port } } },
              },
            ],
          },
        },
      ],
    },
  };
}
