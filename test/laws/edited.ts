import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type JsonObject, objectAt, stringAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { composers } from '../../src/compose/index.ts';
import type { ComposeOutput } from '../../src/compose/types.ts';
import { lives } from './lives.ts';

/** Parts of a spec that an edit takes from another claim; the rest stays as it runs. */
const PARTS = ['controlPlane', 'kamajiControlPlane', 'nodeGroups', 'addons', 'version', 'host'];

interface Edit {
  spec: JsonObject;
  observed: ReadonlyMap<string, KubeObject>;
  output: ComposeOutput;
}

/** A running cluster, the first answer after its claim took one part, or all of them, from another claim. */
const edits = lives.flatMap(({ composites: [running] }, index): Edit[] => {
  const other = objectAt(lives[(index + 1) % lives.length]?.claim, 'spec');
  if (!running) return [];
  const part = PARTS[index % (PARTS.length + 1)];
  const { composite, observed } = running.input;
  const taken = (part === undefined ? PARTS : [part]).map((key): [string, JsonObject[string]] => [key, other[key]]);
  const spec = Object.fromEntries(
    Object.entries({ ...objectAt(composite, 'spec'), ...Object.fromEntries(taken) }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return [
    { spec, observed, output: composers.XHikubeCluster({ ...running.input, composite: { ...composite, spec } }) },
  ];
});

describe('the first answer after one of 500 running clusters was edited', () => {
  test('keeps every object that runs: what leaves is told to retire first', () => {
    const dropped = edits.flatMap(({ observed, output, spec }) =>
      [...observed.keys()].filter(name => !output.desired.has(name)).map(name => ({ name, spec })),
    );
    expect(dropped.slice(0, 3)).toEqual([]);
  });

  test('calls every object as it is called', () => {
    const renamed = edits.flatMap(({ observed, output }) =>
      [...output.desired].filter(([name, { object }]) => {
        const found = observed.get(name);
        return found && nameOf(found) !== nameOf(object);
      }),
    );
    expect(renamed).toEqual([]);
  });

  test('changes nothing of etcd, and no address', () => {
    const changed = edits.filter(({ observed, output }) => {
      const desired = (name: string) => output.desired.get(name)?.object;
      const network = (object: KubeObject | undefined) => objectAt(object, 'spec', 'network');
      return !(
        isDeepStrictEqual(desired('etcd')?.spec, observed.get('etcd')?.spec) &&
        isDeepStrictEqual(network(desired('control-plane')), network(observed.get('control-plane')))
      );
    });
    expect(changed.map(({ spec }) => spec)).toEqual([]);
  });

  test('retires exactly the groups that an accepted claim no longer has', () => {
    const wrong = edits.filter(({ observed, output, spec }) => {
      const gone = accepted(output)
        ? [...observed.values()]
            .filter(isPool)
            .map(groupOf)
            .filter(group => !Object.hasOwn(objectAt(spec, 'nodeGroups'), group))
        : [];
      const retired = [...output.desired.values()]
        .map(({ object }) => object)
        .filter(isPool)
        .filter(isRetired)
        .map(groupOf);
      return !isDeepStrictEqual(retired.sort(), gone.sort());
    });
    expect(wrong.slice(0, 3).map(({ spec, output }) => ({ spec, status: output.status }))).toEqual([]);
  });

  test('writes nothing that was not there when the claim is refused', () => {
    const grown = edits.filter(
      ({ observed, output }) => !accepted(output) && [...output.desired.keys()].some(name => !observed.has(name)),
    );
    expect(grown.map(({ spec }) => spec)).toEqual([]);
  });

  test('is seen accepted and refused often enough to mean something', () => {
    const good = edits.filter(({ output }) => accepted(output)).length;
    expect(good).toBeGreaterThan(150);
    expect(edits.length - good).toBeGreaterThan(50);
  });
});

function accepted({ conditions }: ComposeOutput): boolean {
  return conditions.some(({ type, status }) => type === 'Accepted' && status === 'True');
}

function nameOf({ apiVersion, kind, metadata }: KubeObject): string {
  return `${apiVersion} ${kind} ${metadata.namespace}/${metadata.name}`;
}

function isPool({ kind }: KubeObject): boolean {
  return kind === 'HikubeNodePool';
}

function isRetired(object: KubeObject): boolean {
  return objectAt(object, 'spec').retire === true;
}

function groupOf(object: KubeObject): string {
  return stringAt(object, 'spec', 'group') ?? '';
}
