import type { KubeObject } from '../../base/object.ts';
import { toYamlStream } from '../../base/yaml.ts';
import { appliedObjects } from '../../simulate/applied.ts';
import type { SimulatedComposite } from '../../simulate/index.ts';
import { titleOf } from './title.ts';

/** How rendered objects are printed. */
export const FORMATS = ['yaml', 'json', 'tree'] as const;
export type Format = (typeof FORMATS)[number];

/** A written object and what becomes of it: its composite, then all below. */
export interface Rendering {
  object: KubeObject;
  composites: SimulatedComposite[];
}

/** Everything Crossplane would apply, parents before what they contain; the written objects themselves are left out. */
export function print(renderings: Rendering[], format: Format): string {
  if (format === 'tree') return renderings.map(treeOf).join('');
  const objects = renderings.flatMap(({ composites }) => composites.flatMap(appliedObjects));
  if (format === 'yaml') return toYamlStream(objects);
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)}\n`;
}

function treeOf({ object, composites: [composite] }: Rendering): string {
  return [titleOf(object), ...(composite ? branches(composite, object.metadata.namespace) : [])]
    .map(line => `${line}\n`)
    .join('');
}

/** One line an object; the namespace is named only where it is not the one of the object on top. */
function branches({ output, children }: SimulatedComposite, home: string | undefined): string[] {
  return [...output.desired].flatMap(([name, { object }], index) => {
    const last = index === output.desired.size - 1;
    const child = children.get(name);
    const { namespace, name: own } = object.metadata;
    const title = namespace === home ? `${object.kind} ${own}` : titleOf(object);
    const below = child ? branches(child, home) : [];
    return [`${last ? '└─ ' : '├─ '}${title}`, ...below.map(line => `${last ? '   ' : '│  '}${line}`)];
  });
}
