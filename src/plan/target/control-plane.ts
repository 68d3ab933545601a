import type { Size } from '../../api/parts/common.ts';
import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import { names } from '../../base/names.ts';
import { present } from '../../base/present.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Finding } from '../finding.ts';
import type { Component, Request } from '../request/request.ts';
import type { TargetContext } from './context.ts';
import type { HostPlan } from './hosts.ts';
import { minorKey } from './version.ts';

export interface ControlPlaneContext extends TargetContext {
  version: string;
  zones: string[];
  storageClass: string;
  hosts: HostPlan;
  /** Most nodes the autoscaler may make. */
  maxNodes: number;
}

/** Resolves the control plane. Addresses never change once it exists. */
export function planControlPlane(context: ControlPlaneContext): ControlPlaneSpec {
  const { cluster, request, catalog, accepted, hosts } = context;
  const size = (component: Component) => componentSize(request, component, catalog);
  const { autoscaler, konnectivityVersion } = versionedParts(context.version, catalog, accepted.controlPlane);
  const { csiNodeDriverRegistrar: _, ...images } = catalog.images;
  return present({
    cluster: cluster.name,
    version: context.version,
    replicas: request.replicas,
    zones: context.zones,
    dataStore: accepted.controlPlane?.dataStore ?? accepted.dataStore ?? names.dataStore(cluster),
    apiServer: size('apiServer'),
    controllerManager: size('controllerManager'),
    scheduler: size('scheduler'),
    konnectivity: size('konnectivity'),
    konnectivityVersion,
    endpoint: hosts.endpoint,
    ingress: hosts.ingress,
    network: accepted.controlPlane?.network ?? catalog.network,
    maxNodes: context.maxNodes,
    images: { autoscaler, ...images },
    storageClasses: [...new Set([...Object.keys(catalog.storageClasses), context.storageClass])],
    defaultStorageClass: context.storageClass,
  });
}

/**
 * What beside the API server follows its version. Of a minor that left the catalogue it stays what it was.
 *
 * @throws Error for a version nobody offers and nothing runs: a refusal must have come before
 */
export function versionedParts(
  version: string,
  catalog: Catalog,
  accepted: ControlPlaneSpec | undefined,
): { autoscaler: string; konnectivityVersion: string | undefined } {
  const entry = catalog.versions[minorKey(version)];
  const autoscaler = entry?.autoscaler ?? accepted?.images.autoscaler;
  if (autoscaler === undefined) throw new Error(`cannot plan the control plane: no entry for ${version}`);
  return { autoscaler, konnectivityVersion: entry ? entry.konnectivity : accepted?.konnectivityVersion };
}

export function controlPlaneFindings({ replicas }: Request): Finding[] {
  if (replicas !== 1) return [];
  return [
    {
      code: 'SingleReplica',
      path: 'spec.controlPlane.replicas',
      message: 'with one API server the API is away during upgrades and when its zone is lost',
      remedy: 'use 3',
    },
  ];
}

/** Explicit resources win over the preset (D12), wherever either is written. */
function componentSize({ components }: Request, component: Component, catalog: Catalog): Size {
  const asked = components[component];
  const preset = asked.find(size => size.preset)?.preset ?? catalog.controlPlane[component];
  const explicit = asked.find(size => size.cpu ?? size.memory);
  return {
    cpu: explicit?.cpu ?? catalog.presets[preset].cpu,
    memory: explicit?.memory ?? catalog.presets[preset].memory,
  };
}
