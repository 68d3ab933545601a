import type { KubeObject } from '../../base/object.ts';
import type { Catalog } from '../../catalog/index.ts';

const KIND = 'VirtualMachineClusterInstancetype';

/** A machine size as KubeVirt knows it. */
export function instanceType(
  name: string,
  { cpu, memory }: Catalog['instanceTypes'][string],
  catalog: Catalog,
): KubeObject {
  return {
    apiVersion: apiVersionOf(catalog),
    kind: KIND,
    metadata: { name },
    spec: { cpu: { guest: cpu }, memory: { guest: memory } },
  };
}

/**
 * An object as it is, but an instance type in the version of its API the platform serves: what is left behind in another
 * one could neither be changed nor removed once that is served no more.
 */
export function inServedVersion(object: KubeObject, catalog: Catalog): KubeObject {
  return object.kind === KIND ? { ...object, apiVersion: apiVersionOf(catalog) } : object;
}

function apiVersionOf({ platform }: Catalog): string {
  return `instancetype.kubevirt.io/${platform.kubevirt.instancetypeApi}`;
}
