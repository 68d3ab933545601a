import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { KINDS } from '../../src/api/group.ts';
import { at, objectAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { type Catalog, hikubeCatalog } from '../../src/catalog/index.ts';
import { composers } from '../../src/compose/index.ts';
import type { ComposeOutput } from '../../src/compose/types.ts';
import { minorKey } from '../../src/plan/target/version.ts';
import { follow, NOW } from './follow.ts';
import { type Recorded, recording } from './recording.ts';

/** A function of today never takes away, renames or replaces what an earlier one made: only the plan may, when asked. */
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

  const clusters = [...Map.groupBy(all, ({ example }) => example)].map(([example, cluster]) => ({ example, cluster }));

  test.each(clusters)('runs on to a fixed point with all it had: $example', ({ cluster }) => {
    const answers = follow(cluster, withPatchesOf(all));
    // It begins with everything that was recorded, each object where it was.
    const first = answers.filter(({ round }) => round === 0).map(({ seen }) => Object.fromEntries(seen.observed));
    expect(first).toEqual(cluster.map(({ observed }) => observed));
    for (const { round, kind, seen, output } of answers) {
      const [desired, observed] = [objectsOf(output), Object.fromEntries(seen.observed)];
      expect({ round, names: namesOf(desired) }).toMatchObject({ round, names: namesOf(observed) });
      if (kind === KINDS.nodePool) expect(nodesOf(desired)).toEqual(nodesOf(observed));
      if (kind === KINDS.etcd) expect(specs(desired)).toEqual(specs(observed));
    }
    // What the function of the day recorded changes no more once it is applied; that too is seen in a second round.
    expect(answers.at(-1)?.round).toBeGreaterThan(0);
    const last = answers.findLast(({ kind }) => kind === KINDS.cluster)?.output;
    expect(last?.ready).toBe(true);
    expect(last?.status.problems).toEqual([]);
    expect(last?.desired.has('usage-namespace')).toBe(true);
  });
});

function compose(recorded: Recorded): Record<string, KubeObject> {
  const { kind, composite } = recorded;
  const observed = new Map(Object.entries(recorded.observed));
  const required = new Map(Object.entries(recorded.required));
  return objectsOf(composers[kind]({ composite, observed, required, catalog: hikubeCatalog, now: NOW }));
}

function objectsOf({ desired }: ComposeOutput): Record<string, KubeObject> {
  return Object.fromEntries([...desired].map(([part, { object }]) => [part, object]));
}

/** Today's catalogue with the patch and the image that the recorded clusters run: what else it brings may replace no node. */
function withPatchesOf(all: Recorded[]): Catalog {
  const pools = all.filter(({ kind }) => kind === KINDS.nodePool).map(({ composite }) => composite);
  const running = pools.map((pool): [string, Catalog['versions'][string]] => {
    const [patch, nodeImage] = [stringAt(pool, 'spec', 'version') ?? '', stringAt(pool, 'spec', 'image') ?? ''];
    const entry = hikubeCatalog.versions[minorKey(patch)];
    if (!entry) throw new Error(`cannot replay ${pool.metadata.name}: the catalogue has no ${patch}`);
    return [minorKey(patch), { ...entry, patch, nodeImage }];
  });
  return { ...hikubeCatalog, versions: { ...hikubeCatalog.versions, ...Object.fromEntries(running) } };
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
