import { createHash } from 'node:crypto';
import { isEqual } from '../base/equal.ts';
import { isObject, listAt, numberAt, objectAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';

/** When everything that is made here was made; nothing rendered depends on it. */
export const BEGINNING = new Date('2000-01-01T00:00:00Z');
/** By this annotation Crossplane knows again what it composed. */
const RESOURCE_NAME = 'crossplane.io/composition-resource-name';

/** An object as the API server returns it once it is made; one that was read from a cluster is left as it is. */
export function created(object: KubeObject): KubeObject {
  const { metadata } = object;
  if (metadata.uid !== undefined) return object;
  return {
    ...object,
    metadata: { ...metadata, uid: uidOf(object), generation: 1, creationTimestamp: BEGINNING.toISOString() },
  };
}

/**
 * A composed object as the API server returns it once Crossplane has applied it, without a status.
 *
 * @param name composition resource name
 * @param before what was observed under that name; if it is the same object, it stays who it is
 */
export function applied(
  desired: KubeObject,
  owner: KubeObject,
  name: string,
  before: KubeObject | undefined,
): KubeObject {
  const { apiVersion, kind, metadata } = owner;
  const composed: KubeObject = {
    ...desired,
    metadata: {
      ...desired.metadata,
      annotations: { ...desired.metadata.annotations, [RESOURCE_NAME]: name },
      labels: { ...desired.metadata.labels, 'crossplane.io/composite': metadata.name },
      ownerReferences: [
        { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true },
      ],
    },
  };
  return before && isSame(before, desired) ? continued(composed, before) : created(composed);
}

/** The composition resource name of an object that a composite controls. */
export function composedAs(object: KubeObject, owner: KubeObject): string | undefined {
  const isOurs = listAt(object, 'metadata', 'ownerReferences').some(
    reference => isObject(reference) && reference.controller === true && reference.uid === owner.metadata.uid,
  );
  return isOurs ? object.metadata.annotations?.[RESOURCE_NAME] : undefined;
}

/** Whether two objects are the same one at different times. */
export function isSame(one: KubeObject, other: KubeObject): boolean {
  return (
    groupOf(one) === groupOf(other) &&
    one.kind === other.kind &&
    one.metadata.name === other.metadata.name &&
    one.metadata.namespace === other.metadata.namespace
  );
}

function groupOf({ apiVersion }: KubeObject): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

/** What it is now, in the life of what was there. */
function continued(now: KubeObject, before: KubeObject): KubeObject {
  const { uid, creationTimestamp, ownerReferences } = { ...now.metadata, ...before.metadata };
  const kept = keptOf(before, now);
  const next = Object.keys(kept).length === 0 ? now : { ...now, spec: { ...objectAt(now, 'spec'), ...kept } };
  const generation = numberAt(before, 'metadata', 'generation') ?? 1;
  return {
    ...next,
    metadata: {
      ...now.metadata,
      uid,
      generation: isEqual(objectAt(before, 'spec'), objectAt(next, 'spec')) ? generation : generation + 1,
      creationTimestamp,
      ownerReferences,
    },
  };
}

/** Fields of the spec that others write and that stay when they are not desired. */
function keptOf(before: KubeObject, now: KubeObject): { [field: string]: KubeObject[string] } {
  const spec = objectAt(before, 'spec');
  const others = ['crossplane', ...(before.kind === 'MachineDeployment' ? ['replicas'] : [])];
  const left = others.filter(field => spec[field] !== undefined && objectAt(now, 'spec')[field] === undefined);
  return Object.fromEntries(left.map(field => [field, spec[field]]));
}

/** A uid as the API server would draw one, but the same every time. */
function uidOf({ kind, metadata }: KubeObject): string {
  const hex = createHash('sha256').update(`${kind}/${metadata.namespace}/${metadata.name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
