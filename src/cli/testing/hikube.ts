import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export const root = path.resolve(import.meta.dirname, '../../..');

/** Paths of examples by their names. */
export function examples(...names: string[]): string[] {
  return names.map(name => path.join(root, 'examples', `${name}.yaml`));
}

/** Runs the real program with the Node that is installed on the machine. */
export function hikube(args: string[], input = '', env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(path.join(root, 'bin/hikube.mjs'), args, {
    input,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A valid claim of one group as YAML, which more lines may follow. */
export function claim(name: string, instanceType = 's1.large'): string {
  return [
    'apiVersion: hikube.cloud/v1alpha1',
    'kind: HikubeCluster',
    `metadata: {name: ${name}}`,
    'spec:',
    '  nodeGroups:',
    '    web:',
    `      instanceType: ${instanceType}`,
  ].join('\n');
}

/** Writes files into a folder that goes when the tests of a file are done. */
export function scratch(): (name: string, content: string) => string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hikube-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const target = path.join(folder, name);
    writeFileSync(target, content);
    return target;
  };
}
