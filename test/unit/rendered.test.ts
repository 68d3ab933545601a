import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isObject, listAt, stringAt } from '../../src/api/json.ts';
import type { KubeObject } from '../../src/api/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { type SimulatedComposite, simulate } from '../../src/cli/simulate.ts';
import { hasRule } from '../../src/readiness/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) =>
  parseAllDocuments(readFileSync(path.join(root, file), 'utf8')).map(document => document.toJS());
const objectsOf = ({ output }: SimulatedComposite): KubeObject[] =>
  [...output.desired.values()].map(({ object }) => object);

const roles = read('package/rbac/components.yaml').map(role => stringAt(role, 'metadata', 'name'));
const bindable = read('package/rbac/crossplane-compose.yaml')
  .flatMap(role => listAt(role, 'rules'))
  .flatMap(rule => (listAt(rule, 'verbs').includes('bind') ? listAt(rule, 'resourceNames') : []));

describe.each(globSync('examples/**/*.yaml', { cwd: root }).sort())('everything rendered for %s', file => {
  const composites = read(file)
    .filter(document => isObject(document) && ['HikubeCluster', 'HikubePlatform'].includes(String(document.kind)))
    .flatMap(document => simulate(document, hikubeCatalog));
  const objects = composites.flatMap(objectsOf);

  test('is of kinds whose readiness is judged', () => {
    expect(objects.filter(object => !hasRule(object)).map(({ kind }) => kind)).toEqual([]);
  });

  test('holds nothing empty where Cluster API refuses it, the selector of a MachineDeployment aside', () => {
    const strict = objects.filter(({ apiVersion }) => /^(bootstrap\.)?cluster\.x-k8s\.io\/v1beta2$/.test(apiVersion));
    const empties = strict.flatMap(object => emptiesOf(object.spec, object.kind));
    expect(empties.filter(place => place !== 'MachineDeployment.selector')).toEqual([]);
  });

  test('has no status', () => {
    expect(objects.filter(object => object.status !== undefined)).toEqual([]);
  });

  test('is split so that no composite has more than 40 objects', () => {
    for (const { output } of composites) expect(output.desired.size).toBeLessThanOrEqual(40);
  });

  test('is named once', () => {
    const names = objects.map(
      ({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('binds only roles of the package that Crossplane may bind', () => {
    const bound = objects.flatMap(object => (object.kind === 'RoleBinding' ? stringAt(object, 'roleRef', 'name') : []));
    for (const role of bound) {
      expect(roles).toContain(role);
      expect(bindable).toContain(role);
    }
  });
});

function emptiesOf(value: unknown, place: string): string[] {
  if (!isObject(value) && !Array.isArray(value)) return [];
  const entries = Object.entries(value);
  return entries.length === 0 ? [place] : entries.flatMap(([key, item]) => emptiesOf(item, `${place}.${key}`));
}
