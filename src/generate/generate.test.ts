import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KINDS } from '../api/group.ts';
import { at, isObject, listAt, objectAt } from '../base/json.ts';
import { generatedFiles } from './files.ts';
import { compositeDefinitions } from './kinds.ts';
import { readTests } from './promises/read.ts';
import { structuralSchema } from './structural.ts';

const root = resolve(import.meta.dirname, '../..');
const files = generatedFiles(readTests(root));
const schemas = [...files]
  .filter(([path]) => path.startsWith('apis/'))
  .map(([path, content]) => [path, at(parse(content), 'spec', 'versions', 0, 'schema', 'openAPIV3Schema')] as const);

test('every kind the function composes has a definition, in the order of the list', () => {
  expect(compositeDefinitions.map(({ kind }) => kind)).toEqual(Object.values(KINDS));
});

describe('generated files', () => {
  test.each([...files.keys()])('%s is what the schemas say; `npm run generate` brings it up to date', path => {
    expect(readFileSync(resolve(root, path), 'utf8')).toBe(files.get(path));
  });

  test.each(['apis', 'compositions'])('%s/ holds nothing that is not generated', folder => {
    expect(readdirSync(resolve(root, folder)).map(name => `${folder}/${name}`)).toEqual(
      [...files.keys()].filter(path => path.startsWith(`${folder}/`)).toSorted(),
    );
  });

  test('every composite kind has a definition and a Composition of one step without credentials', () => {
    for (const { kind } of compositeDefinitions) {
      const composition = [...files]
        .filter(([path]) => path.startsWith('compositions/'))
        .map(([, text]) => parse(text))
        .find(document => document.kind === 'Composition' && document.spec.compositeTypeRef.kind === kind);
      expect(listAt(composition, 'spec', 'pipeline')).toHaveLength(1);
      expect(at(composition, 'spec', 'pipeline', 0, 'credentials')).toBeUndefined();
    }
  });
});

test('every kind has a default Composition, none is enforced, and the default serves that kind', () => {
  const documents = [...files].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => parse(text));
  const definitions = documents.filter(({ kind }) => kind === 'CompositeResourceDefinition');
  expect(definitions).toHaveLength(compositeDefinitions.length);
  for (const { spec } of definitions) {
    const chosen = documents.find(
      ({ kind, metadata }) => kind === 'Composition' && metadata.name === spec.defaultCompositionRef.name,
    );
    expect(chosen.spec.compositeTypeRef.kind).toBe(spec.names.kind);
    expect(spec.enforcedCompositionRef).toBeUndefined();
  }
});

describe('generated schemas', () => {
  test.each(schemas)('%s describes every field', (_, schema) => {
    expect(fieldsWithout('description', schema)).toEqual([]);
  });

  test.each(schemas)('%s is structural: every node has a type or keeps what it does not know', (_, schema) => {
    const untyped = nodes(schema).filter(
      ([, node]) => node.type === undefined && node['x-kubernetes-preserve-unknown-fields'] !== true,
    );
    expect(untyped.map(([path]) => path)).toEqual([]);
  });

  test.each(schemas)('%s bounds every list and map that a CEL rule may be multiplied by', (_, schema) => {
    const ruled = nodes(schema).filter(([, node]) => node['x-kubernetes-validations'] !== undefined);
    for (const [path] of ruled) {
      const above = nodes(schema).filter(([other]) => path.startsWith(other) && path !== other);
      for (const [, node] of above) {
        if (node.additionalProperties !== undefined) expect(node.maxProperties).toBeTypeOf('number');
        if (node.items !== undefined) expect(node.maxItems).toBeTypeOf('number');
      }
    }
  });

  test('the claim keeps its defaults, bounds, enumerations and rules', () => {
    const schema = structuralSchema(compositeDefinitions[0]?.spec ?? expect.unreachable());
    const group = objectAt(schema, 'properties', 'nodeGroups', 'additionalProperties');
    expect(at(schema, 'properties', 'controlPlane', 'default')).toEqual({});
    expect(at(schema, 'properties', 'controlPlane', 'properties', 'replicas', 'default')).toBe(3);
    expect(at(schema, 'properties', 'nodeGroups', 'maxProperties')).toBe(16);
    expect(at(group, 'required')).toEqual(['instanceType']);
    expect(at(group, 'x-kubernetes-validations', 0, 'rule')).toBe('self.minReplicas <= self.maxReplicas');
    expect(at(group, 'properties', 'ephemeralStorage')).toMatchObject({ 'x-kubernetes-preserve-unknown-fields': true });
  });

  test('no default of the claim names what a catalogue offers: the API server would write it down for ever', () => {
    const schema = structuralSchema(compositeDefinitions[0]?.spec ?? expect.unreachable());
    const defaults = nodes(schema).flatMap(([path, node]) =>
      node.default === undefined ? [] : [[path, node.default]],
    );
    expect(defaults.length).toBeGreaterThan(5);
    expect(defaults.filter(([, value]) => typeof value === 'string')).toEqual([]);
  });
});

function fieldsWithout(keyword: string, schema: unknown): string[] {
  return nodes(schema)
    .filter(([path, node]) => /\.[^.[\]*]+$/.test(path) && node[keyword] === undefined)
    .map(([path]) => path);
}

/** Every schema node with its path: `.a.b` for fields, `[]` for items, `[*]` for values of a map. */
function nodes(schema: unknown, path = ''): [string, Record<string, unknown>][] {
  if (!isObject(schema)) return [];
  return [
    [path, schema],
    ...Object.entries(objectAt(schema, 'properties')).flatMap(([name, child]) => nodes(child, `${path}.${name}`)),
    ...nodes(schema.items, `${path}[]`),
    ...nodes(schema.additionalProperties, `${path}[*]`),
  ];
}
