import type { Files } from '../../charts.ts';
import { modules, type PinnedModule } from '../../crds/modules.ts';
import type { PolicyRule } from '../stand-in.ts';
import { ingressObjects } from './ingress-objects.ts';
import { traefikTemplates } from './traefik-chart.ts';

/** An upstream chart the stand-in knows: where it is published and in which versions. */
export interface KnownChart {
  /** Full OCI address of the chart, or address of the Helm repository that lists it. */
  url: string;
  name: string;
  /** Oldest first. */
  versions: string[];
  /** CRDs that other releases of a tenant need, as the real chart installs them. */
  crds?: ChartCrds;
  /**
   * What the chart's DaemonSet does to each node it runs on, for nodes that depend on it: the stand-in for KubeVirt's
   * guests knows `cni` and `nvidia-device-plugin`.
   */
  daemon?: { does: string; tolerations: string; reads?: PolicyRule[] };
  /** What the chart installs beside its record: where a program of the region runs for it, or others come to own it. */
  templates?: Files;
}

/** CRDs of a chart, from the Go module of the program it installs. */
export interface ChartCrds {
  module: PinnedModule;
  folder: string;
  /** The chart's value that switches them on, and what it is when unset. */
  switch: { path: string[]; default: boolean };
  /** CRDs of kinds whose module cannot be fetched: served with open schemas. */
  open?: { group: string; version: string; kind: string; plural: string }[];
}

/** Charts of the default catalogue. */
export const knownCharts: KnownChart[] = [
  {
    url: 'oci://quay.io/cilium/charts/cilium',
    name: 'cilium',
    versions: ['1.19.4', '1.19.5'],
    daemon: {
      does: 'cni',
      tolerations: '.Values.tolerations | default (list (dict "operator" "Exists"))',
      // What it serves node ports from.
      reads: [
        { apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
      ],
    },
  },
  { url: 'oci://ghcr.io/coredns/charts/coredns', name: 'coredns', versions: ['1.46.1', '1.46.2'] },
  {
    url: 'oci://quay.io/jetstack/charts/cert-manager',
    name: 'cert-manager',
    versions: ['v1.21.1', 'v1.21.2'],
    crds: {
      module: modules.certManager,
      folder: 'deploy/crds',
      // Off by default upstream: an installation that forgets it has no Certificate kind.
      switch: { path: ['crds', 'enabled'], default: false },
    },
  },
  {
    url: 'https://fluxcd-community.github.io/helm-charts',
    name: 'flux2',
    versions: ['2.15.0', '2.16.4', '2.17.2', '2.18.3'],
    crds: {
      module: modules.sourceController,
      folder: 'config/crd/bases',
      switch: { path: ['installCRDs'], default: true },
      open: [{ group: 'kustomize.toolkit.fluxcd.io', version: 'v1', kind: 'Kustomization', plural: 'kustomizations' }],
    },
  },
  { url: 'oci://ghcr.io/fluent/helm-charts/fluent-bit', name: 'fluent-bit', versions: ['0.58.0', '0.58.1'] },
  {
    url: 'oci://ghcr.io/prometheus-community/charts/prometheus-node-exporter',
    name: 'prometheus-node-exporter',
    versions: ['4.56.1'],
  },
  {
    url: 'oci://ghcr.io/prometheus-community/charts/kube-state-metrics',
    name: 'kube-state-metrics',
    versions: ['8.4.0'],
  },
  {
    url: 'https://kubernetes.github.io/ingress-nginx',
    name: 'ingress-nginx',
    versions: ['4.15.0', '4.15.1'],
    templates: { 'templates/objects.yaml': ingressObjects },
  },
  {
    url: 'https://traefik.github.io/charts',
    name: 'traefik',
    versions: ['41.2.0', '41.3.0'],
    templates: traefikTemplates,
  },
  { url: 'https://kubernetes-sigs.github.io/metrics-server', name: 'metrics-server', versions: ['3.13.1'] },
  {
    url: 'https://helm.ngc.nvidia.com/nvidia',
    name: 'gpu-operator',
    versions: ['v26.7.0'],
    daemon: {
      does: 'nvidia-device-plugin',
      // Nodes with other taints get no driver unless the values say so.
      tolerations:
        '(.Values.daemonsets | default dict).tolerations | default ' +
        '(list (dict "key" "nvidia.com/gpu" "operator" "Exists" "effect" "NoSchedule"))',
    },
  },
  { url: 'https://vmware-tanzu.github.io/helm-charts', name: 'velero', versions: ['12.1.0'] },
  { url: 'https://kubernetes.github.io/autoscaler', name: 'vertical-pod-autoscaler', versions: ['0.11.0'] },
];
