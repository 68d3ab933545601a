import type { ClusterSpec } from '../../api/v1alpha1/cluster.ts';
import type { ComponentSize } from '../../api/v1alpha1/resources.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Problem } from '../finding.ts';
import { checkSize } from './sizes.ts';

/** Problems of the sizes that are written out for the parts of the control plane, in both spellings. */
export function checkComponentSizes(spec: ClusterSpec, catalog: Catalog): Problem[] {
  return components(spec).flatMap(([path, size]) => {
    const { cpu, memory } = size?.resources ?? {};
    return [
      ...(cpu ? checkSize('componentCpu', cpu, `${path}.resources.cpu`, catalog) : []),
      ...(memory ? checkSize('componentMemory', memory, `${path}.resources.memory`, catalog) : []),
    ];
  });
}

function components({ controlPlane, kamajiControlPlane }: ClusterSpec): [string, ComponentSize | undefined][] {
  const legacy = kamajiControlPlane ?? {};
  return [
    ['spec.controlPlane.apiServer', controlPlane.apiServer],
    ['spec.controlPlane.controllerManager', controlPlane.controllerManager],
    ['spec.controlPlane.scheduler', controlPlane.scheduler],
    ['spec.controlPlane.konnectivity.server', controlPlane.konnectivity?.server],
    ['spec.kamajiControlPlane.apiServer', legacy.apiServer],
    ['spec.kamajiControlPlane.controllerManager', legacy.controllerManager],
    ['spec.kamajiControlPlane.scheduler', legacy.scheduler],
    ['spec.kamajiControlPlane.addons.konnectivity.server', legacy.addons?.konnectivity?.server],
  ];
}
