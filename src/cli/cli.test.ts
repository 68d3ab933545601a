import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { claim, examples, hikube, root, scratch } from './testing/hikube.ts';

const file = scratch();
// Each test starts programs, which a busy machine may do slowly.
vi.setConfig({ testTimeout: 120_000 });

describe('hikube render', () => {
  test('prints every object as YAML documents and nothing else (quick start)', () => {
    const { status, stdout, stderr } = hikube(['render', ...examples('quick-start')]);
    const kinds = parseAllDocuments(stdout).map(document => document.toJS().kind);
    expect(kinds.slice(0, 3)).toEqual(['HostReservation', 'HostReservation', 'HikubeEtcd']);
    expect(kinds).toContain('MachineDeployment');
    expect(kinds.filter(kind => kind === 'HelmRelease').length).toBeGreaterThan(5);
    expect(stdout).not.toMatch(/^status:/m);
    // Only what is true of the quick start today: its ingress engine is the default, which upstream maintains no more.
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^warning: .* IngressEngineRetired at /)]);
    expect(status).toBe(0);
  });

  test('prints JSON as one List and a tree as lines', () => {
    const list = JSON.parse(hikube(['render', '-o', 'json', ...examples('minimal')]).stdout);
    expect(list).toMatchObject({ apiVersion: 'v1', kind: 'List' });
    const tree = hikube(['render', '-o', 'tree', ...examples('minimal', 'platform')]).stdout.split('\n');
    expect(tree[0]).toBe('HikubeCluster acme/minimal');
    expect(tree).toContain('HikubePlatform default');
    expect(tree.filter(line => /^(│ {2}| {3})?[├└]─ \w+ \S+$/.test(line)).length).toBe(
      list.items.length + platformSize(),
    );
  });

  test('gives the same machines for both spellings of a GPU (H14)', () => {
    const devices = (name: string) => hikube(['render', ...examples(name)]).stdout.match(/^.*deviceName: .*$/gm) ?? [];
    expect(devices('gpu-alias').length).toBeGreaterThan(1);
    expect(devices('gpu-alias')).toEqual(devices('gpu-canonical'));
    expect(new Set(devices('gpu-alias').map(line => line.trim().replace(/^- /, '')))).toEqual(
      new Set(['deviceName: nvidia.com/AD102GL_L40S']),
    );
  });

  test('reads standard input and several documents, and passes over other kinds with a note', () => {
    const text = ['kind: ConfigMap\nmetadata: {name: settings}', claim('one'), claim('two')].join('\n---\n');
    const { status, stdout, stderr } = hikube(['render', '-o', 'tree', '-'], text);
    expect(stdout.split('\n').filter(line => line.startsWith('Hikube'))).toEqual([
      'HikubeCluster default/one',
      'HikubeCluster default/two',
    ]);
    expect(stderr).toBe('note: standard input, document 1: passed over ConfigMap settings\n');
    expect(status).toBe(0);
  });

  test('lays a catalogue over the offer, and refuses one that cannot be used', () => {
    const good = file('good.yaml', 'apiVersion: fn.hikube.cloud/v1alpha1\nkind: Catalog\nzones: [north]\n');
    const { stdout } = hikube(['render', '--catalog', good, '-'], claim('demo'));
    expect(parse(stdout.split('---\n')[1] ?? '')).toMatchObject({ kind: 'HikubeEtcd', spec: { zones: ['north'] } });
    const bad = file('bad.yaml', 'apiVersion: fn.hikube.cloud/v1alpha1\nkind: Catalog\nzones: []\n');
    const refused = hikube(['render', '--catalog', bad, '-'], claim('demo'));
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error: .*bad\.yaml: cannot read the catalogue: zones: /);
  });

  test('renders what is right, says what is wrong and exits 1', () => {
    const { status, stdout, stderr } = hikube(
      ['render', '-o', 'tree', '-'],
      `${claim('good')}\n---\n${claim('bad', 's9.huge')}`,
    );
    expect(stdout).toMatch(/^HikubeCluster default\/good\n/);
    expect(stdout).not.toContain('bad');
    expect(stderr).toContain('UnknownInstanceType at spec.nodeGroups.web.instanceType');
    expect(status).toBe(1);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a missing file', ['validate', '/nowhere.yaml'], '', /^error: cannot read \/nowhere\.yaml: ENOENT/],
    ['broken YAML', ['render', '-'], 'a: [', /^error: cannot read standard input: .* at line 1/],
    ['a key given twice', ['render', '-'], 'a: 1\na: 2', /^error: cannot read standard input: .*unique.* at line 2/],
    ['an unknown format', ['render', '-o', 'xml', '-'], '', /xml.*yaml, json, tree/],
    ['no file', ['validate'], '', /cannot validate nothing/],
  ])('%s is an error', (_, args, text, expected) => {
    const { status, stdout, stderr } = hikube(args, text);
    expect(stderr).toMatch(expected);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

test('a reader may stop early', () => {
  const command = `'${path.join(root, 'bin/hikube.mjs')}' render '${examples('minimal')[0]}' | head -n 1`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'apiVersion: hikube.cloud/v1alpha1\n', stderr: '' });
});

test('any Node from 20 on starts it, with no other Node on PATH', () => {
  const { status, stdout } = hikube(['--version'], '', { PATH: '/usr/bin:/bin', HOME: tmpdir() });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(status).toBe(0);
});

function platformSize(): number {
  return JSON.parse(hikube(['render', '-o', 'json', ...examples('platform')]).stdout).items.length;
}
