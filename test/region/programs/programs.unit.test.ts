import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { modules } from '../crds/modules.ts';
import { programNames, programs } from '../programs.ts';
import { binaryFile, moduleDir } from './cache.ts';
import { goVersion } from './go.ts';
import { withLock } from './lock.ts';

afterEach(() => vi.unstubAllEnvs());

describe('pins', () => {
  const goMods = programNames.map(name => ({ name, text: readFileSync(join(moduleDir(name), 'go.mod'), 'utf8') }));

  test.each(goMods)('the version told of $name is the one its go.mod requires', ({ name, text }) => {
    const required = [...text.matchAll(/^(?:require )?\t?(\S+) (v\S+)$/gm)].map(([, path, version]) => ({
      path,
      version,
    }));
    expect(required.map(({ version }) => version)).toContain(programs[name].version);
  });

  test('definitions are read from the version that runs', () => {
    const all = goMods.map(({ text }) => text).join('\n');
    for (const { path, version } of Object.values(modules)) {
      const pinned = new RegExp(`^(?:require )?\\t?${path} (v\\S+)$`, 'm').exec(all)?.[1];
      if (pinned) expect({ path, version }).toEqual({ path, version: pinned });
    }
  });
});

describe('cache', () => {
  test('another version of Go gives another file, the same one the same', () => {
    expect(binaryFile('etcd', 'go1.26.8')).toBe(binaryFile('etcd', 'go1.26.8'));
    expect(binaryFile('etcd', 'go1.27.0')).not.toBe(binaryFile('etcd', 'go1.26.8'));
  });

  test('HIKUBE_REGION_CACHE moves it', () => {
    vi.stubEnv('HIKUBE_REGION_CACHE', '/elsewhere');
    expect(binaryFile('etcd', 'go1.26.8')).toMatch(/^\/elsewhere\/bin\/etcd-[0-9a-f]{12}$/);
  });
});

describe('Go', () => {
  test('a missing Go is told with its remedy', async () => {
    vi.stubEnv('PATH', '/nowhere');
    await expect(goVersion(moduleDir('etcd'))).rejects.toThrow(
      /Go 1\.26\S* or newer is not installed; install it from/,
    );
  });

  test('a Go that is too old is told with what is needed', async () => {
    vi.stubEnv('PATH', folder({ go: '#!/bin/sh\necho go1.20.3\n' }));
    await expect(goVersion(moduleDir('etcd'))).rejects.toThrow(/Go 1\.26\S* or newer is needed, found go1\.20\.3/);
  });
});

describe('lock', () => {
  test('work of two holders does not overlap', async () => {
    const file = join(folder({}), 'lock');
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise(resolve => setTimeout(resolve, 20));
      seen.push(`${name} ends`);
    };
    const first = withLock(file, () => undefined, work('a'));
    await Promise.all([first, withLock(file, () => undefined, work('b'))]);
    expect(seen[1]?.[0]).toBe(seen[0]?.[0]);
    expect(seen[3]?.[0]).toBe(seen[2]?.[0]);
  });

  test('a lock left by a process that is gone is taken over', async () => {
    const file = join(folder({ lock: '999999999' }), 'lock');
    await expect(
      withLock(
        file,
        () => undefined,
        async () => 'done',
      ),
    ).resolves.toBe('done');
  });
});

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'programs-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text, { mode: 0o755 });
  return dir;
}
