import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../base/object.ts';
import { hikubeCatalog } from '../catalog/index.ts';
import type { ComposeInput, ComposeOutput, Requirement } from '../compose/types.ts';
import { found, informed } from './required.ts';

const pod = (name: string, namespace: string, labels: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
});
const pods = [pod('a', 'acme', { app: 'web', zone: 'geneva' }), pod('b', 'acme', { app: 'web' }), pod('a', 'beta')];
const all = [...pods, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } }];

describe('objects that are asked for', () => {
  test.each<[string, Requirement, string[]]>([
    ['a name in a namespace', { apiVersion: 'v1', kind: 'Pod', name: 'a', namespace: 'acme' }, ['Pod acme/a']],
    ['a name without a namespace', { apiVersion: 'v1', kind: 'Node', name: 'a' }, ['Node undefined/a']],
    ['a name of another kind', { apiVersion: 'v1', kind: 'Secret', name: 'a', namespace: 'acme' }, []],
    ['a name of another group', { apiVersion: 'x.org/v1', kind: 'Pod', name: 'a', namespace: 'acme' }, []],
    [
      'all of some labels',
      { apiVersion: 'v1', kind: 'Pod', namespace: 'acme', matchLabels: { app: 'web', zone: 'geneva' } },
      ['Pod acme/a'],
    ],
    [
      'a label',
      { apiVersion: 'v1', kind: 'Pod', namespace: 'acme', matchLabels: { app: 'web' } },
      ['Pod acme/a', 'Pod acme/b'],
    ],
  ])('by %s', (_, wanted, titles) => {
    const objects = found(new Map([['it', wanted]]), all).get('it') ?? [];
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual(titles);
  });
});

describe('a composer that asks', () => {
  const input: ComposeInput = {
    composite: { apiVersion: 'hikube.cloud/v1alpha1', kind: 'HikubeEtcd', metadata: { name: 'e' } },
    observed: new Map(),
    required: new Map(),
    catalog: hikubeCatalog,
    now: new Date('2026-11-25T00:00:00Z'),
  };
  const asking = (names: string[]): ComposeOutput => ({
    desired: new Map(),
    leaving: new Map(),
    status: {},
    conditions: [],
    notices: [],
    requirements: new Map(names.map(name => [name, { apiVersion: 'v1', kind: 'Pod', name, namespace: 'acme' }])),
  });

  test('is called again with what it asked for, until it asks for no more', () => {
    const seen: number[] = [];
    const { input: last } = informed(
      ({ required }) => {
        seen.push(required.size);
        return asking(required.size === 0 ? ['a'] : ['a', 'b']);
      },
      input,
      all,
    );
    expect(seen).toEqual([0, 1, 2]);
    expect([...last.required].map(([name, objects]) => [name, objects.length])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  test('must come to an end', () => {
    const more = ({ required }: ComposeInput) => asking([...required.keys(), `pod-${required.size}`]);
    expect(() => informed(more, input, all)).toThrow('cannot simulate HikubeEtcd e: it asks for more each of 5 times');
  });
});
