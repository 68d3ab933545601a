import { at, list, obj } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';

/**
 * The last Kamaji release that is a Go module is older than the one stood in for. This adds to its definition of
 * TenantControlPlane what the newer release knows and the stand-in writes, and takes off the conversion webhook of
 * its single version, which the stand-in does not serve.
 */
export function completeTenantControlPlaneCrd(definition: KubeObject): KubeObject {
  const copy = structuredClone(definition);
  for (const version of list(at(copy, 'spec', 'versions'))) {
    const properties = at(version, 'schema', 'openAPIV3Schema', 'properties');
    const spec = obj(at(properties, 'spec', 'properties'));
    Object.assign(spec, {
      dataStoreSchema: { type: 'string' },
      dataStoreUsername: { type: 'string' },
      addons: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    });
    Object.assign(obj(at(spec, 'networkProfile', 'properties')), {
      clusterDomain: { type: 'string' },
      advertiseAddress: { type: 'string' },
    });
    const status = obj(at(properties, 'status', 'properties'));
    Object.assign(status, { observedGeneration: { type: 'integer', format: 'int64' } });
    const state = obj(at(status, 'kubernetesResources', 'properties', 'version', 'properties', 'status'));
    state.enum = [...new Set([...list(state.enum), 'Unknown', 'Sleeping', 'WriteLimited'])];
  }
  const { conversion: _, ...spec } = obj(copy.spec);
  return { ...copy, spec };
}
