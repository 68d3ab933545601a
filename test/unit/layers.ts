import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Folders of src/ from the ground up; a folder may import from itself and what stands before it. */
export const LAYERS: Record<string, string[]> = {
  base: [],
  api: ['base'],
  generate: ['base', 'api', 'catalog'],
  catalog: ['base', 'api'],
  plan: ['base', 'api', 'catalog'],
  readiness: ['base', 'api'],
  render: ['base', 'api', 'catalog', 'readiness'],
  compose: ['base', 'api', 'catalog', 'plan', 'render', 'readiness'],
  simulate: ['base', 'api', 'catalog', 'readiness', 'compose'],
  service: ['base'],
  function: ['base', 'api', 'catalog', 'compose', 'service'],
  cli: ['base', 'api', 'catalog', 'plan', 'compose', 'simulate'],
};
/** What a file of the repository imports, as it is written there. */
export const importsOf = (file: string) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(/^(?:import|export) [^;]*?from '([^']+)'/gms)].map(
    match => match[1] ?? '',
  );

/** Imports of a file in src/ that do not lie in its own layer or below it. */
export function wrongImports(file: string): string[] {
  const layer = file.split('/')[1] ?? '';
  return (
    importsOf(file)
      // The command line tells its version, which stands in the manifest alone.
      .filter(name => name.startsWith('.') && name !== '../../package.json')
      .map(name => path.relative(path.join(root, 'src'), path.resolve(root, path.dirname(file), name)))
      .filter(
        target => target.startsWith('..') || ![layer, ...(LAYERS[layer] ?? [])].includes(target.split('/')[0] ?? ''),
      )
      .map(target => `${file} imports ${target}`)
  );
}
