import type { ChartName } from '../../../../catalog/index.ts';

const on = { enabled: true };

/** Every add-on a claim can switch on. */
export const EVERYTHING = {
  certManager: on,
  ingressNginx: on,
  fluxcd: on,
  monitoringAgents: on,
  gatewayAPI: on,
  gpuOperator: on,
  velero: on,
  verticalPodAutoscaler: {},
};

/** Where each chart says what its programs tolerate that run on every node, or that the network waits for. */
export const EVERYWHERE: Record<ChartName, string[]> = {
  cilium: [
    'tolerations',
    'operator.tolerations',
    'envoy.tolerations',
    'hubble.relay.tolerations',
    'hubble.ui.tolerations',
    'certgen.tolerations',
  ],
  'fluent-bit': ['tolerations'],
  'node-exporter': ['tolerations'],
  velero: ['nodeAgent.tolerations'],
  'gpu-operator': ['daemonsets.tolerations', 'node-feature-discovery.worker.tolerations'],
  // Written into the chart itself, shown by test/unit/own-charts.test.ts.
  csi: [],
  coredns: [],
  'metrics-server': [],
  'cert-manager': [],
  'ingress-nginx': [],
  traefik: [],
  fluxcd: [],
  'kube-state-metrics': [],
  'gateway-api': [],
  'vertical-pod-autoscaler': [],
};
