import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isObject, stringAt } from '../../src/base/json.ts';
import { hikubeCatalog, parseCatalog } from '../../src/catalog/index.ts';
import { byMinor } from '../../src/catalog/minor.ts';
import { planCluster } from '../../src/plan/index.ts';
import { NOTHING_OBSERVED } from '../../src/plan/observed.ts';
import { simulate } from '../../src/simulate/index.ts';
import { blocks, commands, root } from './docs.ts';

const manifests = blocks('yaml').flatMap(({ page, text }) =>
  parseAllDocuments(text).map(document => ({ page, manifest: document.toJS() })),
);

describe('manifests in the pages', () => {
  test.each(manifests)('$page: $manifest.kind $manifest.metadata.name is accepted as it stands', ({ manifest }) => {
    expect(isObject(manifest)).toBe(true);
    if (manifest.kind === 'Catalog') expect(parseCatalog(manifest)).toBeDefined();
    else if (manifest.kind === 'HikubePlatform') expect(simulate(manifest, hikubeCatalog)).toHaveLength(1);
    else if (manifest.kind === 'HikubeCluster') {
      const cluster = {
        namespace: stringAt(manifest, 'metadata', 'namespace') ?? 'acme',
        name: stringAt(manifest, 'metadata', 'name') ?? '',
      };
      const plan = planCluster({
        cluster,
        requested: manifest.spec,
        observed: NOTHING_OBSERVED,
        catalog: hikubeCatalog,
        now: new Date(),
        reservations: { get: () => 'free' },
      });
      expect(plan.problems).toEqual([]);
    } else expect(OTHER_KINDS).toContain(manifest.kind);
  });
});

/** Kubernetes' own kinds, which the API server of the region judges where tests apply them. */
const OTHER_KINDS = ['RoleBinding', 'Role', 'ClusterRole', 'ClusterRoleBinding'];

/** Commands that other checks run: the whole of `npm test` and CI, or the region's tests. */
const RUN_ELSEWHERE = [
  /^npm (ci|start|test)( -- .*)?$/,
  /^npm run (generate|goldens|bench|build|test:long)( -- .*)?$/,
  /^npx biome check --write \.$/,
  /^node scripts\/run\.mjs \S+\.ts$/,
];

describe('commands in the pages', () => {
  const all = commands();

  test('every command is run by a test', () => {
    const known = (page: string, command: string) =>
      RUN_ELSEWHERE.some(pattern => pattern.test(command)) ||
      command.startsWith('npx --no-install hikube ') ||
      (['docs/quick-start.md', 'docs/install.md'].includes(page) && command.startsWith('kubectl '));
    expect(all.filter(({ page, command }) => !known(page, command))).toEqual([]);
  });

  test.each(all.filter(({ command }) => command.startsWith('npx --no-install hikube ')))(
    '$page: $command',
    ({ command }) => {
      const args = command.replace('npx --no-install hikube ', '').split(' ');
      const output = execFileSync(process.execPath, [path.join(root, 'bin/hikube.mjs'), ...args], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(output).toBeDefined();
    },
  );

  test('scripts named in the pages exist', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const named = all.flatMap(({ command }) => /^npm run ([\w:]+)/.exec(command)?.[1] ?? []);
    expect(named.filter(name => !(name in scripts))).toEqual([]);
  });
});

test('links between the pages lead somewhere', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'docs/quick-start.md',
    'docs/install.md',
    'docs/security.md',
    'docs/catalogue.md',
    'docs/upgrades.md',
    'docs/node-image.md',
    'docs/architecture.md',
    'docs/region.md',
    'docs/errors.md',
    'docs/operations.md',
    'docs/ingress.md',
    'docs/evidence.md',
    'docs/promises.md',
    'docs/decisions.md',
  ];
  const broken = pages.flatMap(page =>
    [...readFileSync(path.join(root, page), 'utf8').matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)]
      .map(match => path.join(path.dirname(page), match[1] ?? ''))
      .filter(target => !existsSync(path.join(root, target)))
      .map(target => `${page} links to ${target}`),
  );
  expect(broken).toEqual([]);
});

test('docs/upgrades.md tells the end of every minor of the catalogue', () => {
  const page = readFileSync(path.join(root, 'docs/upgrades.md'), 'utf8');
  const told = [...page.matchAll(/^\| (v1\.\d+) \| (\S+) \|$/gm)].map(([, minor, day]) => [minor, day]);
  const ends = Object.entries(hikubeCatalog.versions).map(([minor, { endOfLife }]) => [minor, endOfLife]);
  expect(told).toEqual(
    byMinor(ends.map(([minor = '']) => minor))
      .reverse()
      .map(minor => ends.find(([name]) => name === minor)),
  );
});
