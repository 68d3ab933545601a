import type { Removable } from '../api/platform.ts';
import type { KubeObject } from '../base/object.ts';
import { present } from '../base/present.ts';
import { ofPlatform } from '../render/platform/index.ts';
import { PLATFORM } from '../render/platform/resource-names.ts';
import type { Leaving, Rendered } from '../render/types.ts';
import { isOurs } from './ours.ts';
import type { ComposeInput } from './types.ts';

/** What each kind of removable object is composed as. */
const COMPOSED_AS = {
  storageClasses: PLATFORM.storageClass,
  instanceTypes: PLATFORM.instanceType,
  chartSources: PLATFORM.chartSource,
} as const satisfies Record<keyof Removable, (name: string) => string>;

const GROUPS = ['storageClasses', 'instanceTypes', 'chartSources'] as const;

/**
 * Objects that exist and are rendered no more, as they are: an entry gone from the catalogue, or a switch turned off,
 * says nothing about whether clusters still use them. Only `spec.remove` lets them go.
 */
export function keptObjects(remove: Removable, rendered: Rendered, observed: ComposeInput['observed']): Rendered {
  const leaving = new Set(partsOf(remove).map(({ part }) => part));
  return new Map(
    [...observed]
      .filter(([part, object]) => isOurs(object) || isRemovable(part))
      .filter(([part]) => !rendered.has(part) && !leaving.has(part))
      .map(([part, object]) => [part, asItStands(object)]),
  );
}

/** What `spec.remove` lets go: named there, and rendered no more. */
export function removedObjects(remove: Removable, rendered: Rendered, observed: ComposeInput['observed']): Leaving {
  const named = partsOf(remove).filter(({ part }) => observed.has(part) && !rendered.has(part));
  return new Map(named.map(({ part, group, name }) => [part, `spec.remove.${group} names ${name}`]));
}

/** The kept parts in the form in which `spec.remove` names them. */
export function keptStatus(parts: string[]): Removable {
  const kept: Removable = {};
  for (const group of GROUPS) {
    const prefix = COMPOSED_AS[group]('');
    const names = parts.filter(part => part.startsWith(prefix)).map(part => part.slice(prefix.length));
    if (names.length > 0) kept[group] = names.sort();
  }
  return kept;
}

/** Why the first of the named objects is not removed, if it is still rendered. */
export function stillOffered(remove: Removable, rendered: Rendered): string | undefined {
  const [first] = partsOf(remove).filter(({ part }) => rendered.has(part));
  return first && `spec.remove.${first.group}: ${first.name} stays, because the catalogue still offers it`;
}

/** Whether it is composed as one of ours: those made before they had a label have nothing else to be known by. */
function isRemovable(part: string): boolean {
  return GROUPS.some(group => part.startsWith(COMPOSED_AS[group]('')));
}

function partsOf(remove: Removable): { group: keyof Removable; name: string; part: string }[] {
  return GROUPS.flatMap(group => (remove[group] ?? []).map(name => ({ group, name, part: COMPOSED_AS[group](name) })));
}

/** With our label, without its status and what others wrote into its metadata. */
function asItStands({ status: _, metadata, ...object }: KubeObject): KubeObject {
  const { name, namespace } = metadata;
  return ofPlatform({ ...object, metadata: present({ name, namespace }) });
}
