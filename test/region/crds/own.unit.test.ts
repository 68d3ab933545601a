import { describe, expect, test } from 'vitest';
import { ownCrds } from '../crds.ts';
import { at, isObject, list, obj, str } from '../json.ts';
import type { KubeObject } from '../kube-types.ts';
import { readObjects } from './read.ts';

const folder = process.env.HIKUBE_UPSTREAM_CRDS;
const reason = folder ? '' : ' (skipped: HIKUBE_UPSTREAM_CRDS names no folder with the originals)';
const compared = ['datastores.kamaji.clastix.io', 'etcdclusters.etcd-operator.cozystack.io'];

describe.skipIf(!folder)(`our definitions say nothing that the originals do not${reason}`, () => {
  test.each(compared)('%s', async name => {
    const ours = named(await ownCrds(), name);
    const original = named(await readObjects(folder ?? ''), name);
    expect(head(ours)).toEqual(head(original));
    const differences = compare(schema(ours), schema(original), '');
    expect(differences).toEqual([]);
  });
});

test('every definition of ours has a status subresource when it has a status', async () => {
  for (const crd of await ownCrds()) {
    const hasStatus = at(schema(crd), 'properties', 'status') !== undefined;
    const subresource = at(version(crd), 'subresources', 'status') !== undefined;
    expect({ name: crd.metadata.name, subresource }).toEqual({ name: crd.metadata.name, subresource: hasStatus });
  }
});

test('the comparison sees a missing field, another type, another enum and a forgotten required field', () => {
  const original = {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string', enum: ['x', 'y'] }, b: { type: 'integer' } },
  };
  const differs = (ours: unknown) => compare(ours, original, '');
  expect(differs({ type: 'object', required: ['a'], properties: { a: original.properties.a } })).toEqual([]);
  expect(differs({ ...original, properties: { ...original.properties, c: {} } })).toEqual([
    '.c is not in the original',
  ]);
  expect(differs({ ...original, properties: { ...original.properties, b: { type: 'string' } } })).toHaveLength(1);
  expect(differs({ ...original, properties: { ...original.properties, a: { type: 'string' } } })).toHaveLength(1);
  expect(differs({ type: 'object', properties: original.properties })).toHaveLength(1);
});

/** Everything in `ours` that the original contradicts. Ours may leave optional fields and rules out, nothing else. */
function compare(ours: unknown, original: unknown, path: string): string[] {
  const equal = exact
    .filter(key => JSON.stringify(at(ours, key)) !== JSON.stringify(at(original, key)))
    .concat(ifStated.filter(key => differsWhenStated(at(ours, key), at(original, key))))
    .map(key => `${path || '.'} ${key}: ours ${text(at(ours, key))}, original ${text(at(original, key))}`);
  const wanted = list(at(original, 'required')).map(String).sort();
  const required = list(at(ours, 'required')).map(String).sort();
  if (text(wanted) !== text(required)) equal.push(`${path || '.'} requires ${required}, original ${wanted}`);
  const fields = Object.entries(obj(at(ours, 'properties'))).flatMap(([name, field]) => {
    const counterpart = at(original, 'properties', name);
    const here = `${path}.${name}`;
    return counterpart === undefined ? [`${here} is not in the original`] : compare(field, counterpart, here);
  });
  const nested = ['items', 'additionalProperties'].flatMap(key =>
    isObject(at(ours, key)) ? compare(at(ours, key), at(original, key), `${path}[]`) : [],
  );
  return [...equal, ...fields, ...nested];
}

const exact = ['type', 'enum', 'default', 'x-kubernetes-int-or-string', 'x-kubernetes-map-type'];
const ifStated = ['format', 'pattern', 'minimum', 'minItems', 'minLength', 'anyOf', 'x-kubernetes-list-type'];

function differsWhenStated(ours: unknown, original: unknown): boolean {
  return ours !== undefined && text(ours) !== text(original);
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

function named(crds: KubeObject[], name: string): KubeObject {
  const found = crds.find(crd => crd.metadata.name === name);
  if (!found) throw new Error(`cannot find the definition of ${name}`);
  return found;
}

/** What names the kind and its version, and what kubectl, scaling and writers of status rely on. */
function head(crd: KubeObject): unknown {
  const { group, scope, names } = obj(crd.spec);
  const { subresources } = obj(version(crd));
  return { group, scope, names, subresources, version: str(at(version(crd), 'name')) };
}

function version(crd: KubeObject): unknown {
  return at(crd.spec, 'versions', 0);
}

function schema(crd: KubeObject): unknown {
  return at(version(crd), 'schema', 'openAPIV3Schema');
}
