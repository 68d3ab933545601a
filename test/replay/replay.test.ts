import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { KINDS } from '../../src/api/group.ts';
import { at, isObject, objectAt } from '../../src/api/json.ts';
import type { KubeObject } from '../../src/api/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { composers } from '../../src/compose/index.ts';

/** A function of today never takes away, renames or replaces what an earlier one made: only the plan may, when asked. */
const NOW = new Date('2026-11-25T00:00:00Z');

const object = z.custom<KubeObject>(value => isObject(value) && isObject(value.metadata));
const recording = z.array(
  z.object({
    example: z.string(),
    kind: z.enum(KINDS),
    composite: object,
    observed: z.record(z.string(), object),
    required: z.record(z.string(), z.array(object)),
  }),
);
type Recorded = z.infer<typeof recording>[number];

const releases = globSync('*.json', { cwd: import.meta.dirname }).map(file => ({
  release: path.basename(file, '.json'),
  all: recording.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'))),
}));

describe.each(releases)('what the function of $release made', ({ all }) => {
  const each = all.map(recorded => ({ name: recorded.composite.metadata.name, recorded }));

  test('is all recorded', () => {
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(Object.keys(KINDS).length - 1);
  });

  test.each(each)('stays under its names: $recorded.kind $name', ({ recorded }) => {
    const desired = compose(recorded);
    expect(namesOf(desired)).toMatchObject(namesOf(recorded.observed));
  });

  test.each(each.filter(({ recorded }) => recorded.kind === KINDS.nodePool))(
    'replaces no node: $name, by its own spec and by the one its parent now gives it',
    ({ recorded }) => {
      for (const spec of [objectAt(recorded.composite, 'spec'), plannedSpec(recorded, all)]) {
        const composite = { ...recorded.composite, spec };
        expect(nodesOf(compose({ ...recorded, composite }))).toEqual(nodesOf(recorded.observed));
      }
    },
  );

  test.each(each.filter(({ recorded }) => recorded.kind === KINDS.etcd))(
    'leaves etcd as it is: $name',
    ({ recorded }) => {
      const desired = compose(recorded);
      expect(specs(desired)).toEqual(specs(recorded.observed));
      expect(plannedSpec(recorded, all)).toEqual(objectAt(recorded.composite, 'spec'));
    },
  );
});

function compose({ kind, composite, observed, required }: Recorded): Record<string, KubeObject> {
  const output = composers[kind]({
    composite,
    observed: new Map(Object.entries(observed)),
    required: new Map(Object.entries(required)),
    catalog: hikubeCatalog,
    now: NOW,
  });
  return Object.fromEntries([...output.desired].map(([part, desired]) => [part, desired.object]));
}

/** The spec that today's plan gives a child. */
function plannedSpec(child: Recorded, all: Recorded[]) {
  const parent = all.find(({ kind, example }) => kind === KINDS.cluster && example === child.example);
  if (!parent) throw new Error(`cannot replay ${child.composite.metadata.name}: its cluster is not recorded`);
  const found = Object.values(compose(parent)).find(
    ({ kind, metadata }) => kind === child.kind && metadata.name === child.composite.metadata.name,
  );
  return objectAt(found, 'spec');
}

function namesOf(objects: Record<string, KubeObject>) {
  return mapped(objects, ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
}

/** What nodes are made of: a change of it makes Cluster API replace them. */
function nodesOf(objects: Record<string, KubeObject>) {
  return mapped(objects, object =>
    object.kind === 'MachineDeployment'
      ? { template: at(object, 'spec', 'template'), selector: at(object, 'spec', 'selector') }
      : /Template$/.test(object.kind)
        ? object.spec
        : undefined,
  );
}

function specs(objects: Record<string, KubeObject>) {
  return mapped(objects, ({ spec }) => spec);
}

function mapped<Result>(objects: Record<string, KubeObject>, of: (object: KubeObject) => Result) {
  return Object.fromEntries(Object.entries(objects).map(([part, found]) => [part, of(found)]));
}
