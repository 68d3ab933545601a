import fc from 'fast-check';
import { clusterSpec } from '../../src/api/v1alpha1/cluster.ts';
import { isObject, type Json, type JsonObject, listAt, objectAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import type { Catalog } from '../../src/catalog/index.ts';
import type { FindingCode } from '../../src/plan/finding.ts';
import { isOpen, type Place, placesIn } from './places.ts';
import { offeredVersions } from './values.ts';

/** A valid claim with one thing broken in it. */
export interface Fault {
  /** What was broken, for messages. */
  what: string;
  claim: KubeObject;
  /** A code that must be among the problems. */
  code: FindingCode;
}

/** Every way in which one thing in a claim can be broken, one of them picked at random. */
export function faultOf(claim: KubeObject, catalog: Catalog): fc.Arbitrary<Fault> {
  const places = placesIn(clusterSpec, claim.spec ?? {});
  const kinds = [
    places.flatMap(place => schemaFaults(claim, place)),
    places.flatMap(place => catalogFaults(claim, place, catalog)),
    nameFaults(claim, catalog),
  ];
  // Each way is as likely as every other one, or the longest lists of the claim would be all that is ever broken.
  const ways = kinds.map(faults => [...Map.groupBy(faults, fault => fault.what).values()]);
  return fc
    .constantFrom(...ways.filter(some => some.length > 0))
    .chain(some => fc.constantFrom(...some))
    .chain(some => fc.constantFrom(...some));
}

/** What no schema of the claim lets pass: other types, fields it does not have, more or less than its bounds. */
function schemaFaults(claim: KubeObject, here: Place): Fault[] {
  const { schema, value, path, place } = here;
  if (place.endsWith('<name>')) return [];
  const set = (what: string, next: Json, code: FindingCode = 'InvalidField') => ({
    what: `${what} at ${place}`,
    claim: withSpec(claim, path, next),
    code,
  });
  const faults = WRONG.filter(other => typeOf(other) !== schema.type && !isUnion(place)).map(other =>
    set(`${typeOf(other)} instead of ${schema.type}`, other),
  );
  if (isObject(value) && !isOpen(schema) && isObject(schema.properties)) {
    faults.push(set('an unknown field', { ...value, unheardOf: 1 }, 'UnknownField'));
    for (const key of listAt(schema, 'required').map(String)) faults.push(set(`no ${key}`, without(value, key)));
  }
  if (typeof schema.maximum === 'number') faults.push(set('too much', schema.maximum + 1));
  if (typeof schema.minimum === 'number') faults.push(set('too little', schema.minimum - 1));
  if (schema.type === 'integer') faults.push(set('a fraction', 1.5));
  if (typeof schema.maxLength === 'number') faults.push(set('too long', 'x'.repeat(schema.maxLength + 1)));
  if (schema.enum !== undefined) faults.push(set('not of the list', 'unheard-of'));
  if (typeof schema.pattern === 'string') faults.push(set('not of the form', '~'));
  if (Array.isArray(value) && value[0] !== undefined && typeof schema.maxItems === 'number') {
    faults.push(
      set(
        'too many',
        Array.from({ length: schema.maxItems + 1 }, () => value[0] ?? ''),
      ),
    );
  }
  return faults;
}

const WRONG: Json[] = [null, true, 17, 'text', ['text'], { text: 'text' }];

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'integer' : typeof value;
}

/** A place that takes more than one type has no type that is always wrong. */
function isUnion(place: string): boolean {
  return place.endsWith('.ephemeralStorage');
}

/** Names that no catalogue has, and what does not go together. */
function catalogFaults(claim: KubeObject, { place, path, value }: Place, catalog: Catalog): Fault[] {
  const set = (code: FindingCode, next: Json): Fault => ({
    what: `${code} at ${place}`,
    claim: withSpec(claim, path, next),
    code,
  });
  const group = isObject(value) ? value : {};
  const unoffered = Object.keys(catalog.versions).filter(minor => !offeredVersions(catalog).includes(minor));
  const first = catalog.gpus[0]?.device ?? '';
  const second = catalog.gpus[1]?.device ?? '';
  switch (place) {
    case 'version':
      return [
        set('UnknownVersion', 'v1.1'),
        set('UnknownVersion', 'latest'),
        ...unoffered.map(minor => set('VersionNotOffered', minor)),
      ];
    case 'storageClass':
    case 'nodeGroups.*.storageClass':
      return [set('UnknownStorageClass', 'unheard-of'), set('UnknownStorageClass', 'constructor')];
    case 'zones':
    case 'nodeGroups.*.zones':
      return [set('UnknownZone', ['unheard-of'])];
    case 'nodeGroups.*.instanceType':
      return [set('UnknownInstanceType', 'unheard-of'), set('UnknownInstanceType', 'constructor')];
    case 'nodeGroups.*.resources.cpu':
      return [set('InvalidSize', '0'), set('InvalidSize', '1.5')];
    case 'nodeGroups.*.resources.memory':
      return [set('InvalidSize', '1Ki')];
    case 'nodeGroups.*.labels':
      return [
        set('ReservedLabel', { 'node-role.kubernetes.io/master': '' }),
        set('InvalidField', { 'a b': '' }),
        set('InvalidField', { a: '-' }),
      ];
    case 'host':
      return [set('InvalidField', 'not a host'), set('HostNotAllowed', `victim.${catalog.domain.suffix}`)];
    case 'nodeGroups.*':
      return [
        set('MinAboveMax', { ...group, minReplicas: 5, maxReplicas: 4 }),
        set('InvalidField', { ...group, rollout: { maxSurge: 0, maxUnavailable: 0 } }),
        set('UnknownGpu', { ...group, gpus: [{ name: 'unheard-of' }] }),
        set('ReservedTaint', { ...group, taints: [{ key: 'node.kubernetes.io/x', effect: 'NoSchedule' }] }),
        set('DuplicateEntry', { ...group, taints: [{ ...TAINT }, { ...TAINT, value: 'other' }] }),
        set('MixedGpus', { ...group, gpus: [{ name: first }, { name: second }] }),
      ];
    default:
      return place.endsWith('.valuesOverride') ? overrideFaults(set) : [];
  }
}

const TAINT = { key: 'example.com/twice', effect: 'NoSchedule' };

/** Code for Helm, as a value, in a list and as a name, and more than anybody reads. */
function overrideFaults(set: (code: FindingCode, next: Json) => Fault): Fault[] {
  return [
    set('TemplateInOverride', { a: '{{ x }}' }),
    set('TemplateInOverride', { a: [{ b: '{{ x }}' }] }),
    set('TemplateInOverride', { '{{ x }}': 1 }),
    set('TooLarge', { a: 'x'.repeat(1_000_000) }),
    set('InvalidSize', { a: 2 ** 60 }),
  ];
}

/** What is wrong with names, and with how many there are. */
function nameFaults(claim: KubeObject, catalog: Catalog): Fault[] {
  const instanceType = Object.keys(catalog.instanceTypes)[0] ?? '';
  const renamed = (name: string): Fault => ({
    what: 'a name',
    claim: { ...claim, metadata: { ...claim.metadata, name } },
    code: 'InvalidName',
  });
  const groups = (code: FindingCode, names: string[]): Fault => ({
    what: `${code} of node groups`,
    claim: withSpec(claim, ['nodeGroups'], Object.fromEntries(names.map(name => [name, { instanceType }]))),
    code,
  });
  return [
    hostFault(claim),
    ...['x'.repeat(43), '1st', 'a.b', 'A', 'a-'].map(renamed),
    ...['x'.repeat(21), '1st', 'a.b', 'A', 'a-'].map(name => groups('InvalidName', [name])),
    groups(
      'TooManyNodeGroups',
      Array.from({ length: 17 }, (_, index) => `g${index}`),
    ),
  ];
}

/** The API and a site cannot have the same name. */
function hostFault(claim: KubeObject): Fault {
  const ingressNginx = { enabled: true, exposeMethod: 'Proxied', hosts: ['API.example.com'] };
  const named = withSpec(claim, ['host'], 'api.example.com');
  return {
    what: 'one host twice',
    claim: withSpec(named, ['addons', 'ingressNginx'], ingressNginx),
    code: 'HostConflict',
  };
}

function withSpec(claim: KubeObject, path: (string | number)[], value: Json): KubeObject {
  return { ...claim, spec: setAt(objectAt(claim, 'spec'), path, value) };
}

function setAt(target: Json | undefined, [key, ...rest]: (string | number)[], value: Json): Json {
  if (key === undefined) return value;
  if (Array.isArray(target)) return target.map((item, index) => (index === key ? setAt(item, rest, value) : item));
  const map: JsonObject = isObject(target) ? target : {};
  return { ...map, [key]: setAt(map[key], rest, value) };
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
