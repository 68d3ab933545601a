import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isObject, listAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { type SimulatedComposite, simulate } from '../../src/simulate/index.ts';
import { compositeLaws } from '../laws/composites/index.ts';
import { objectLaws } from '../laws/objects/index.ts';

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
  const [claim] = composites.filter(({ kind }) => kind === 'XHikubeCluster');
  const tenant = stringAt(claim?.input.composite, 'spec', 'claimRef', 'namespace');

  test.each(objectLaws.map(law => [law.fact, law] as const))('%s', (_, law) => {
    const wrong = objects.flatMap(object =>
      law.violations(object, tenant).map(violation => `${object.kind} ${object.metadata.name}: ${violation}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(compositeLaws.map(law => [law.fact, law] as const))('%s', (_, law) => {
    expect(composites.flatMap(composite => law.violations(composite))).toEqual([]);
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
