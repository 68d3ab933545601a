import type { ClusterSpec } from '../../api/v1alpha1/cluster.ts';
import type { NodeGroup } from '../../api/v1alpha1/node-group.ts';
import type { ComponentSize } from '../../api/v1alpha1/resources.ts';
import type { Finding } from '../finding.ts';
import type { AskedSize, GroupRequest, IngressRequest, Request } from './request.ts';

/** Reads a claim of v1alpha1: older spellings end here, and an empty text means nothing is said (D16). */
export function fromV1alpha1(spec: ClusterSpec): { request: Request; findings: Finding[] } {
  const request: Request = {
    version: said(spec.version),
    host: said(spec.host)?.toLowerCase(),
    storageClass: said(spec.storageClass),
    zones: spec.zones,
    replicas: spec.controlPlane.replicas,
    components: componentsOf(spec),
    groups: Object.fromEntries(Object.entries(spec.nodeGroups).map(([name, group]) => [name, groupOf(name, group)])),
    ingress: ingressOf(spec.addons.ingressNginx),
    addons: spec.addons,
  };
  return { request, findings: spec.kamajiControlPlane ? [LEGACY] : [] };
}

/** One group of `spec.nodeGroups`. */
export function groupOf(name: string, group: NodeGroup): GroupRequest {
  const storage = group.ephemeralStorage;
  return {
    name,
    path: `spec.nodeGroups.${name}`,
    min: group.minReplicas,
    max: group.maxReplicas,
    instanceType: group.instanceType,
    cpu: said(group.resources?.cpu),
    memory: said(group.resources?.memory),
    disk: said(typeof storage === 'object' ? storage.size : storage),
    storageClass: said(group.storageClass),
    gpus: (group.gpus ?? []).map(gpu => gpu.name),
    zones: group.zones,
    roles: group.roles ?? [],
    labels: group.labels ?? {},
    taints: group.taints ?? [],
    rollout: group.rollout,
  };
}

const LEGACY: Finding = {
  code: 'LegacyField',
  path: 'spec.kamajiControlPlane',
  message: 'this is the old spelling of controlPlane',
  remedy: 'use spec.controlPlane, which wins where both are given',
};

/** The new spelling wins over the legacy one (D13). */
function componentsOf({ controlPlane, kamajiControlPlane: legacy }: ClusterSpec): Request['components'] {
  const sizes = (name: 'apiServer' | 'controllerManager' | 'scheduler') => [
    ...sizeAt(`spec.controlPlane.${name}`, controlPlane[name]),
    ...sizeAt(`spec.kamajiControlPlane.${name}`, legacy?.[name]),
  ];
  return {
    apiServer: sizes('apiServer'),
    controllerManager: sizes('controllerManager'),
    scheduler: sizes('scheduler'),
    konnectivity: [
      ...sizeAt('spec.controlPlane.konnectivity.server', controlPlane.konnectivity?.server),
      ...sizeAt('spec.kamajiControlPlane.addons.konnectivity.server', legacy?.addons?.konnectivity?.server),
    ],
  };
}

function sizeAt(path: string, size: ComponentSize | undefined): AskedSize[] {
  if (!size) return [];
  const { resources, resourcesPreset } = size;
  return [{ path, preset: resourcesPreset, cpu: said(resources?.cpu), memory: said(resources?.memory) }];
}

/** With hosts and nothing said, traffic comes through the shared ingress (H65). */
function ingressOf(asked: ClusterSpec['addons']['ingressNginx']): IngressRequest {
  const hosts = asked?.hosts ?? [];
  return {
    enabled: asked?.enabled ?? false,
    engine: asked?.engine,
    expose: asked?.exposeMethod ?? (hosts.length > 0 ? 'Proxied' : 'LoadBalancer'),
    hosts: hosts.map(host => host.toLowerCase()),
  };
}

function said(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
