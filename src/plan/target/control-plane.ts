import type { Size } from '../../api/parts/common.ts';
import type { ControlPlaneSpec } from '../../api/parts/control-plane.ts';
import type { ClusterSpec } from '../../api/v1alpha1/cluster.ts';
import type { ComponentSize } from '../../api/v1alpha1/resources.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Problem } from '../finding.ts';
import { minorKey } from './version.ts';

type Component = keyof Catalog['controlPlane'];

export interface ControlPlaneContext {
  cluster: ClusterId;
  catalog: Catalog;
  version: string;
  zones: string[];
  storageClass: string;
  /** Name of the DataStore that is observed, if one is. */
  dataStore: string | undefined;
  /** Host name once its reservation is seen as ours, else what the control plane has. */
  endpoint: ControlPlaneSpec['endpoint'];
  /** Hosts of the shared ingress, likewise. */
  ingress: ControlPlaneSpec['ingress'];
  /** Most nodes the autoscaler may make. */
  maxNodes: number;
  observed: ControlPlaneSpec | undefined;
}

/** Resolves the control plane. Addresses never change once it exists; images follow the version. */
export function planControlPlane(spec: ClusterSpec, context: ControlPlaneContext): ControlPlaneSpec {
  const { catalog, observed } = context;
  const entry = catalog.versions[minorKey(context.version)];
  const size = (component: Component) => componentSize(spec, component, catalog);
  const konnectivity = entry ? entry.konnectivity : observed?.konnectivityVersion;
  const autoscaler = entry?.autoscaler ?? observed?.images.autoscaler;
  if (autoscaler === undefined) throw new Error(`cannot plan the control plane: no entry for ${context.version}`);
  const { csiNodeDriverRegistrar: _, ...images } = catalog.images;
  return {
    cluster: context.cluster.name,
    version: context.version,
    replicas: spec.controlPlane.replicas,
    zones: context.zones,
    dataStore: observed?.dataStore ?? context.dataStore ?? names.dataStore(context.cluster),
    apiServer: size('apiServer'),
    controllerManager: size('controllerManager'),
    scheduler: size('scheduler'),
    konnectivity: size('konnectivity'),
    ...(konnectivity ? { konnectivityVersion: konnectivity } : {}),
    ...(context.endpoint ? { endpoint: context.endpoint } : {}),
    ...(context.ingress ? { ingress: context.ingress } : {}),
    network: observed?.network ?? catalog.network,
    maxNodes: context.maxNodes,
    images: { autoscaler, ...images },
    storageClasses: [...new Set([...Object.keys(catalog.storageClasses), context.storageClass])],
    defaultStorageClass: context.storageClass,
  };
}

export function controlPlaneWarnings(spec: ClusterSpec): Problem[] {
  const warnings: Problem[] = [];
  if (spec.controlPlane.replicas === 1) {
    warnings.push({
      code: 'SingleReplica',
      path: 'spec.controlPlane.replicas',
      message: 'with one API server the API is away during upgrades and when its zone is lost',
      remedy: 'use 3',
    });
  }
  if (spec.kamajiControlPlane) {
    warnings.push({
      code: 'LegacyField',
      path: 'spec.kamajiControlPlane',
      message: 'this is the old spelling of controlPlane',
      remedy: 'use spec.controlPlane, which wins where both are given',
    });
  }
  return warnings;
}

/** Explicit resources win over the preset (D12), the new spelling over the legacy one (D13). */
function componentSize(spec: ClusterSpec, component: Component, catalog: Catalog): Size {
  const asked = askedSizes(spec, component);
  const preset = asked.find(size => size?.resourcesPreset)?.resourcesPreset ?? catalog.controlPlane[component];
  const explicit = asked.find(size => size?.resources?.cpu || size?.resources?.memory)?.resources;
  return {
    cpu: explicit?.cpu || catalog.presets[preset].cpu,
    memory: explicit?.memory || catalog.presets[preset].memory,
  };
}

function askedSizes(spec: ClusterSpec, component: Component): (ComponentSize | undefined)[] {
  if (component === 'konnectivity') {
    return [spec.controlPlane.konnectivity?.server, spec.kamajiControlPlane?.addons?.konnectivity?.server];
  }
  return [spec.controlPlane[component], spec.kamajiControlPlane?.[component]];
}
