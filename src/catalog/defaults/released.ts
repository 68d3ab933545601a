/**
 * Day on which upstream released what the catalogue offers, by `<name> <version>`: for `npm run catalog:age`. Days are
 * those of the tags of upstream's Go modules (`go list -m -json`); charts count as old as the program they install.
 * What is missing here could not be looked up and shows as unknown.
 */
export const released: Readonly<Record<string, string>> = {
  'kubernetes v1.30.14': '2025-06-18',
  'kubernetes v1.31.14': '2025-11-12',
  'kubernetes v1.32.13': '2026-02-27',
  'kubernetes v1.33.13': '2026-06-11',
  'kubernetes v1.34.13': '2026-10-28',
  'kubernetes v1.35.10': '2026-10-28',
  'kubernetes v1.36.6': '2026-10-28',
  // Promoted to the registry on 2025-10-31 (kubernetes/k8s.io pull request 8719).
  'konnectivity v0.34.0': '2025-10-31',
  'etcd 3.6.11': '2026-05-01',
  'cilium 1.19.5': '2026-06-16',
  'coredns 1.46.2': '2025-10-08',
  'cert-manager v1.21.2': '2026-09-10',
  'node-exporter 4.56.1': '2026-07-14',
  'kube-state-metrics 8.4.0': '2026-08-18',
  'gateway-api 1.4.1': '2025-12-04',
  'velero 12.1.0': '2026-05-12',
  'vertical-pod-autoscaler 0.11.0': '2026-07-25',
  // Cozystack's release 1.6.0.
  'csiDriver v1.6.0': '2026-07-22',
  'csiProvisioner v5.3.0': '2025-05-30',
  'csiResizer v1.13.1': '2025-01-10',
};
