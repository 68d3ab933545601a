import fc from 'fast-check';
import { API_VERSION, CLAIM_KIND } from '../../src/api/group.ts';
import { clusterSpec } from '../../src/api/v1alpha1/cluster.ts';
import { byKey, isObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import type { Catalog } from '../../src/catalog/index.ts';
import { fromSchema } from './from-schema.ts';
import { OWN_DOMAIN, valuesOf } from './values.ts';

/**
 * Valid claims of every shape: fields, bounds and enumerations come from the schema of the claim, names from the
 * catalogue, so that a field or an entry of next year is generated without a change here. What no single field can know
 * is set right afterwards.
 */
export function claims(catalog: Catalog): fc.Arbitrary<KubeObject> {
  return fc
    .record({ name: claimName, namespace, labels, spec: fromSchema(clusterSpec, valuesOf(catalog)) })
    .map(({ spec, ...metadata }) => ({
      apiVersion: API_VERSION,
      kind: CLAIM_KIND,
      metadata,
      spec: fitted(isObject(spec) ? spec : {}, metadata, catalog),
    }));
}

/** Another one finds what this one does not: change it when hunting. */
export const SEED = 20_261_125;

/** The same claims every time, so that a law is broken for everybody or for nobody. */
export function sampleClaims(count: number, catalog: Catalog): KubeObject[] {
  return fc.sample(claims(catalog), { numRuns: count, seed: SEED });
}

/** Names that run into each other when they are joined: `a` + `a-b` and `a-a` + `b`. */
const ambiguous = fc.constantFrom('a', 'b', 'a-a', 'a-b', 'b-a', 'a-a-b');
const claimName = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z][-a-z0-9]{40}[a-z0-9]$/) },
  { weight: 2, arbitrary: ambiguous },
);
const namespace = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,14}[a-z0-9])?$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z0-9][-a-z0-9]{61}[a-z0-9]$/) },
  { weight: 2, arbitrary: ambiguous },
);
const labels = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/),
  fc.stringMatching(/^[A-Za-z0-9][-A-Za-z0-9_.]{0,20}[A-Za-z0-9]$/),
  { maxKeys: 2, noNullPrototype: true },
);

function fitted(
  spec: JsonObject,
  { name, namespace: tenant }: { name: string; namespace: string },
  catalog: Catalog,
): JsonObject {
  const zones = spec.zones === undefined ? catalog.zones : listAt(spec, 'zones').map(String);
  const groups = byKey(objectAt(spec, 'nodeGroups')).map(([group, asked]) => [
    group,
    fittedGroup(objectAt(asked), zones, catalog),
  ]);
  const own = (host: string) => host.replace(new RegExp(`${OWN_DOMAIN}$`, 'i'), `${tenant}.${catalog.domain.suffix}`);
  const host = own(stringAt(spec, 'host') ?? '');
  const api = (host || `${name}.${tenant}.${catalog.domain.suffix}`).toLowerCase();
  const hosts = listAt(spec, 'addons', 'ingressNginx', 'hosts').map(entry => own(String(entry)));
  return {
    ...spec,
    ...(spec.host === undefined ? {} : { host }),
    ...(spec.nodeGroups === undefined ? {} : { nodeGroups: Object.fromEntries(groups) }),
    ...(hosts.length === 0 ? {} : { addons: withHosts(objectAt(spec, 'addons'), distinct(hosts, api)) }),
  };
}

/** A group lies in zones of its cluster that have its GPU, and its bounds are in order. */
function fittedGroup(group: JsonObject, clusterZones: string[], catalog: Catalog): JsonObject {
  const { zones: _, ...rest } = group;
  const gpuNames = listAt(group, 'gpus').map(gpu => stringAt(gpu, 'name') ?? '');
  const gpu = catalog.gpus.find(({ device, aliases }) => [device, ...aliases].includes(gpuNames[0] ?? ''));
  const zones = listAt(group, 'zones')
    .map(String)
    .filter(zone => clusterZones.includes(zone));
  const max = numberAt(group, 'maxReplicas') ?? 10;
  const min = numberAt(group, 'minReplicas');
  const somewhere = (candidates: string[]) => !gpu?.zones || candidates.some(zone => gpu.zones?.includes(zone));
  const placed = somewhere(clusterZones) ? rest : without(rest, 'gpus');
  const stuck = numberAt(group, 'rollout', 'maxSurge') === 0 && numberAt(group, 'rollout', 'maxUnavailable') === 0;
  return {
    ...placed,
    ...(stuck ? { rollout: { maxSurge: 0, maxUnavailable: 1 } } : {}),
    ...(min === undefined ? {} : { minReplicas: Math.min(min, max) }),
    ...(zones.length > 0 && somewhere(zones) ? { zones } : {}),
  };
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** Host names are compared in lower case, and none is the API's. */
function distinct(hosts: string[], api: string): string[] {
  const lower = hosts.map(host => host.toLowerCase());
  return hosts.filter((_, index) => lower[index] !== api && lower.indexOf(lower[index] ?? '') === index);
}

function withHosts(addons: JsonObject, hosts: string[]): JsonObject {
  return { ...addons, ingressNginx: { ...objectAt(addons, 'ingressNginx'), hosts } };
}
