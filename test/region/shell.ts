import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a region's kubectl needs. */
export interface ShellOptions {
  /** Folder of the region. */
  dir: string;
  kubectl: string;
  kubeconfigFile: string;
  /** The door to public names, where a person with this kubectl stands. */
  outsideUrl: string;
}

/**
 * Writes a folder for the PATH with a `kubectl` that speaks to this region and finds public names as they are found from
 * outside. Its environment is its own: nothing else in the person's shell goes through the region.
 */
export async function writeShell({ dir, kubectl, kubeconfigFile, outsideUrl }: ShellOptions): Promise<string> {
  const bin = join(dir, 'bin');
  await mkdir(bin, { recursive: true });
  const lines = [
    '#!/bin/sh',
    `export KUBECONFIG=${quoted(kubeconfigFile)} HTTPS_PROXY=${quoted(outsideUrl)} NO_PROXY=`,
    `exec ${quoted(kubectl)} "$@"`,
    '',
  ];
  await writeFile(join(bin, 'kubectl'), lines.join('\n'), { mode: 0o755 });
  return bin;
}

/** A word that a shell reads as it is, whatever is in it. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
