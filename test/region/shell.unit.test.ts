import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quoted, writeShell } from './shell.ts';

const dir = mkdtempSync(join(tmpdir(), `it's a region `));

test('a path with blanks and quotes is one word to a shell, from whatever folder it is used', () => {
  expect(execFileSync('sh', ['-c', `printf %s ${quoted(dir)}`], { encoding: 'utf8', cwd: '/' })).toBe(dir);
});

test('kubectl speaks to the region, and its caller keeps an environment of its own', async () => {
  const kubectl = join(dir, 'real kubectl');
  writeFileSync(kubectl, '#!/bin/sh\necho "$KUBECONFIG|$HTTPS_PROXY|$NO_PROXY|$*"\n', { mode: 0o755 });
  const bin = await writeShell({ dir, kubectl, kubeconfigFile: join(dir, 'admin'), outsideUrl: 'http://127.0.0.1:1' });
  const env = { PATH: process.env.PATH, KUBECONFIG: '/elsewhere', NO_PROXY: '*' };
  const script = `PATH=${quoted(bin)}:"$PATH"; kubectl get nodes; echo "$KUBECONFIG"`;
  const output = execFileSync('sh', ['-c', script], { encoding: 'utf8', cwd: '/', env });
  expect(output.split('\n')).toEqual([`${join(dir, 'admin')}|http://127.0.0.1:1||get nodes`, '/elsewhere', '']);
});
