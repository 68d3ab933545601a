import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { claim, examples, hikube, scratch } from '../testing/hikube.ts';

const file = scratch();
// Each test starts programs, which a busy machine may do slowly.
vi.setConfig({ testTimeout: 120_000 });

/** What is wrong, a claim in which it is wrong, and what is said about it. */
const wrong: [string, string, RegExp][] = [
  [
    'an instance type',
    claim('demo', 's1.larg'),
    /UnknownInstanceType at spec\.nodeGroups\.web\.instanceType: .*s1\.large/,
  ],
  [
    'a version',
    claim('demo').replace('spec:', 'spec:\n  version: v1.20'),
    /UnknownVersion at spec\.version: .*v1\.31.*v1\.36/,
  ],
  [
    'a GPU',
    `${claim('demo')}\n      gpus: [{name: nvidia.com/L40}]`,
    /UnknownGpu at spec\.nodeGroups\.web\.gpus\[0\]\.name/,
  ],
  [
    'bounds',
    `${claim('demo')}\n      minReplicas: 5\n      maxReplicas: 2`,
    /MinAboveMax at spec\.nodeGroups\.web\.minReplicas/,
  ],
  [
    'a field',
    claim('demo').replace('nodeGroups', 'nodeGroup'),
    /UnknownField at spec\.nodeGroup: .*did you mean nodeGroups\?/,
  ],
  [
    'a nested field',
    `${claim('demo')}\n      minReplica: 1`,
    /UnknownField at spec\.nodeGroups\.web\.minReplica: .*minReplicas\?/,
  ],
  [
    'a field of metadata',
    claim('demo').replace('{name', '{lables: {}, name'),
    /UnknownField at metadata\.lables: .*labels\?/,
  ],
  ['an outer field', `${claim('demo')}\nspecs: {}`, /UnknownField at specs: .*spec\?/],
  ['a long name', claim('a'.repeat(43)), /InvalidName at metadata\.name: .*at most 42/],
  [
    'a long group name',
    claim('demo').replace('web', 'a'.repeat(21)),
    /InvalidName at spec\.nodeGroups\.a{21}: .*at most 20/,
  ],
  ['no name', 'apiVersion: hikube.cloud/v1alpha1\nkind: HikubeCluster\nspec: {}', /InvalidField at metadata/],
  ['no spec', 'apiVersion: hikube.cloud/v1alpha1\nkind: HikubeCluster\nmetadata: {name: demo}', /InvalidField at spec/],
  ['another API version', claim('demo').replace('v1alpha1', 'v1'), /InvalidField at apiVersion/],
  ...[
    ['a number that would be rounded', '12345678901234567890', 'InvalidSize'],
    ['a number that is none', '.nan', 'InvalidSize'],
    ['a number without end', '.inf', 'InvalidSize'],
    ['half a character', '"\\ud800"', 'InvalidField'],
    ['a template action', "'{{ x }}'", 'TemplateInOverride'],
  ].map(([name = '', value, code]): [string, string, RegExp] => [
    name,
    `${claim('demo')}\n  addons: {cilium: {valuesOverride: {a: [{b: ${value}}]}}}`,
    new RegExp(`${code} at spec\\.addons\\.cilium\\.valuesOverride\\.a\\[0\\]\\.b: `),
  ]),
  [
    'a name that would be lost',
    `${claim('demo')}\n  addons: {cilium: {valuesOverride: {__proto__: {x: 1}}}}`,
    /InvalidField at spec\.addons\.cilium\.valuesOverride\.__proto__: /,
  ],
  [
    'a field of the platform',
    'apiVersion: hikube.cloud/v1alpha1\nkind: HikubePlatform\nmetadata: {name: default}\nspec: {mirror: {}}',
    /UnknownField at spec\.mirror: .*mirrors\?/,
  ],
];

describe('hikube validate', () => {
  const refused = hikube(['validate', ...wrong.map(([name, text]) => file(`${name}.yaml`, text))]);

  test.each(wrong)('refuses %s that is wrong, with code, path and what would be right', (name, _, expected) => {
    const lines = refused.stderr.split('\n').filter(line => line.includes(`/${name}.yaml: `));
    expect(lines.every(line => line.startsWith('error: '))).toBe(true);
    expect(lines.join('\n')).toMatch(expected);
  });

  test('exits 1 on any error and prints no document', () => {
    expect(refused).toMatchObject({ status: 1, stdout: '' });
  });

  test('lets anything pass below valuesOverride', () => {
    const text = `${claim('demo')}\n  addons: {cilium: {valuesOverride: {anything: {at: [all]}}}}`;
    expect(hikube(['validate', '-'], text).status).toBe(0);
  });

  test('reads dates as Kubernetes does, as text, whatever version of YAML a file asks for', () => {
    const text = `%YAML 1.1\n---\n${claim('demo')}\n  addons: {cilium: {valuesOverride: {since: 2001-12-14}}}`;
    const { status, stdout } = hikube(['render', '-'], text);
    expect(stdout).toMatch(/^ +since: ["']?2001-12-14["']?$/m);
    expect(status).toBe(0);
  });

  test('exits 0 on warnings alone', () => {
    const { status, stderr } = hikube(['validate', '-'], `${claim('demo')}\n  controlPlane: {replicas: 1}`);
    expect(stderr).toMatch(
      /^warning: standard input: HikubeCluster default\/demo: SingleReplica at spec\.controlPlane\.replicas/,
    );
    expect(status).toBe(0);
  });

  test('checks a catalogue alone, and refuses a broken one with path and reason', () => {
    const kind = 'apiVersion: fn.hikube.cloud/v1alpha1\nkind: Catalog\n';
    const good = file('own.yaml', `${kind}network: {podCidr: 10.200.0.0/16}\n`);
    const broken = file('broken.yaml', `${kind}network: {podCidr: 10.95.0.0/16}\n`);
    expect(hikube(['validate', '--catalog', good])).toMatchObject({ status: 0, stderr: `note: ${good} can be used\n` });
    expect(hikube(['validate', '--catalog', broken])).toMatchObject({
      status: 1,
      stderr: `error: ${broken}: cannot use the catalogue: network.serviceCidr: overlaps network.podCidr 10.95.0.0/16\n`,
    });
    expect(hikube(['validate'])).toMatchObject({ status: 1 });
  });

  test('finds every example valid', () => {
    const names = [
      'quick-start',
      'minimal',
      'gpu-canonical',
      'gpu-alias',
      'platform',
      'seeds/web',
      'seeds/ml',
      'seeds/critical',
    ];
    const { status, stderr } = hikube(['validate', ...examples(...names)]);
    expect(stderr).not.toMatch(/^error/m);
    expect(status).toBe(0);
  });

  test('takes what kubectl prints: a List, with everything the API server adds', () => {
    const object = {
      ...parse(claim('demo')),
      metadata: {
        name: 'demo',
        namespace: 'acme',
        uid: '1',
        resourceVersion: '7',
        generation: 2,
        creationTimestamp: '2026-01-01T00:00:00Z',
        managedFields: [{ manager: 'x' }],
        finalizers: ['a'],
      },
      status: { conditions: [] },
    };
    object.spec = {
      ...object.spec,
      compositionRef: { name: 'x' },
      resourceRef: { name: 'demo-abc12' },
      compositeDeletePolicy: 'Foreground',
    };
    const { status, stderr } = hikube(
      ['validate', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [object] }),
    );
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'note: standard input: HikubeCluster acme/demo is valid\n',
    });
  });
});
