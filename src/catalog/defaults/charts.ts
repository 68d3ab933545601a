import type { Catalog, CatalogChart } from '../schema.ts';

/** Charts with pinned versions (reference/upstream-apis.md section 11) and the namespaces Hikube documents (D32). */
export const charts: Catalog['charts'] = {
  cilium: oci('oci://quay.io/cilium/charts/cilium', '1.19.5', 'kube-system'),
  coredns: oci('oci://ghcr.io/coredns/charts/coredns', '1.46.2', 'kube-system'),
  csi: oci('oci://ghcr.io/hidoraswiss/hikube-crossplane/charts/hikube-tenant', '0.1.0', 'kube-system'),
  'metrics-server': http(
    'https://kubernetes-sigs.github.io/metrics-server/',
    'metrics-server',
    '3.13.1',
    'kube-system',
  ),
  'cert-manager': oci('oci://quay.io/jetstack/charts/cert-manager', 'v1.21.2', 'cert-manager'),
  'ingress-nginx': http('https://kubernetes.github.io/ingress-nginx', 'ingress-nginx', '4.15.1', 'ingress-nginx'),
  fluxcd: oci('oci://ghcr.io/fluxcd-community/charts/flux2', '2.18.3', 'flux-system'),
  'fluent-bit': oci('oci://ghcr.io/fluent/helm-charts/fluent-bit', '0.58.1', 'monitoring'),
  'node-exporter': oci('oci://ghcr.io/prometheus-community/charts/prometheus-node-exporter', '4.56.1', 'monitoring'),
  'kube-state-metrics': oci('oci://ghcr.io/prometheus-community/charts/kube-state-metrics', '8.4.0', 'monitoring'),
  'gpu-operator': http('https://helm.ngc.nvidia.com/nvidia', 'gpu-operator', 'v26.7.0', 'gpu-operator'),
  'gateway-api': oci('oci://ghcr.io/hidoraswiss/hikube-crossplane/charts/hikube-gateway-api', '1.6.1', 'kube-system'),
  velero: http('https://vmware-tanzu.github.io/helm-charts', 'velero', '12.1.0', 'velero'),
  'vertical-pod-autoscaler': http(
    'https://kubernetes.github.io/autoscaler',
    'vertical-pod-autoscaler',
    '0.11.0',
    'kube-system',
  ),
};

function oci(url: string, version: string, namespace: string): CatalogChart {
  return { kind: 'OCIRepository', url, chart: url.slice(url.lastIndexOf('/') + 1), version, namespace };
}

function http(url: string, chart: string, version: string, namespace: string): CatalogChart {
  return { kind: 'HelmRepository', url, chart, version, namespace };
}
