import type { Catalog, CatalogChart } from '../schema.ts';

type Support = Pick<CatalogChart, 'kubernetes' | 'goesWith' | 'versions'>;

/** Charts whose upstream names no oldest Kubernetes: they run on the oldest this project knew. */
const KNOWN: Support = { kubernetes: { from: 'v1.30' } };

/**
 * Charts with pinned versions and the namespaces Hikube documents (D32). The Kubernetes ranges are those the charts
 * enforce by themselves (`kubeVersion`, Flux's check before installing); upstream tests fewer: Cilium 1.19 and
 * ingress-nginx up to v1.35.
 */
export const charts: Catalog['charts'] = {
  cilium: oci('oci://quay.io/cilium/charts/cilium', '1.19.5', 'kube-system', { kubernetes: { from: 'v1.21' } }),
  coredns: oci('oci://ghcr.io/coredns/charts/coredns', '1.46.2', 'kube-system', KNOWN),
  csi: oci('oci://ghcr.io/hidoraswiss/hikube-crossplane/charts/hikube-tenant', '0.2.0', 'kube-system', KNOWN),
  'metrics-server': http(
    'https://kubernetes-sigs.github.io/metrics-server/',
    'metrics-server',
    '3.13.1',
    'kube-system',
    KNOWN,
  ),
  'cert-manager': oci('oci://quay.io/jetstack/charts/cert-manager', 'v1.21.2', 'cert-manager', {
    kubernetes: { from: 'v1.22' },
  }),
  'ingress-nginx': http('https://kubernetes.github.io/ingress-nginx', 'ingress-nginx', '4.15.1', 'ingress-nginx', {
    kubernetes: { from: 'v1.21' },
  }),
  // The newest chart of the snapshot of August 2026; it brings Traefik v3.7.11, whose provider for ingress-nginx it
  // configures.
  traefik: http('https://traefik.github.io/charts', 'traefik', '41.3.0', 'ingress-nginx', {
    kubernetes: { from: 'v1.25' },
  }),
  // One repository holds all versions; as OCI addresses each would need a source of its own.
  fluxcd: http('https://fluxcd-community.github.io/helm-charts', 'flux2', '2.18.3', 'flux-system', {
    kubernetes: { from: 'v1.33' },
    versions: [
      { version: '2.17.2', kubernetes: { from: 'v1.32', to: 'v1.34' } },
      { version: '2.16.4', kubernetes: { from: 'v1.31', to: 'v1.33' } },
      { version: '2.15.0', kubernetes: { from: 'v1.30', to: 'v1.32' } },
    ],
  }),
  'fluent-bit': oci('oci://ghcr.io/fluent/helm-charts/fluent-bit', '0.58.1', 'monitoring', KNOWN),
  'node-exporter': oci(
    'oci://ghcr.io/prometheus-community/charts/prometheus-node-exporter',
    '4.56.1',
    'monitoring',
    KNOWN,
  ),
  'kube-state-metrics': oci(
    'oci://ghcr.io/prometheus-community/charts/kube-state-metrics',
    '8.4.0',
    'monitoring',
    KNOWN,
  ),
  'gpu-operator': http('https://helm.ngc.nvidia.com/nvidia', 'gpu-operator', 'v26.7.0', 'gpu-operator', {
    kubernetes: { from: 'v1.16' },
  }),
  // What Cilium 1.19 implements. Definitions of 1.6 no longer serve a version its operator watches, and it ends.
  'gateway-api': oci('oci://ghcr.io/hidoraswiss/hikube-crossplane/charts/hikube-gateway-api', '1.4.1', 'kube-system', {
    ...KNOWN,
    goesWith: { cilium: '1.19' },
  }),
  velero: http('https://vmware-tanzu.github.io/helm-charts', 'velero', '12.1.0', 'velero', {
    kubernetes: { from: 'v1.16' },
  }),
  'vertical-pod-autoscaler': http(
    'https://kubernetes.github.io/autoscaler',
    'vertical-pod-autoscaler',
    '0.11.0',
    'kube-system',
    KNOWN,
  ),
};

function oci(url: string, version: string, namespace: string, support: Support): CatalogChart {
  return { kind: 'OCIRepository', url, chart: url.slice(url.lastIndexOf('/') + 1), version, namespace, ...support };
}

function http(url: string, chart: string, version: string, namespace: string, support: Support): CatalogChart {
  return { kind: 'HelmRepository', url, chart, version, namespace, ...support };
}
