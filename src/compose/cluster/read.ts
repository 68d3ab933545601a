import { issuesOf } from '../../base/issues.ts';
import { isObject, type Json, listAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { ClusterId } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import { type ObservedCluster, observedCluster } from '../../plan/observed.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import { ComposeError, type ComposeInput } from '../types.ts';

const POOL_PREFIX = PARTS.pool('');

/** The claim behind a composite: its namespace is where everything is composed. */
export function clusterOf(composite: KubeObject): ClusterId {
  const namespace = stringAt(composite, 'spec', 'claimRef', 'namespace');
  const name = stringAt(composite, 'spec', 'claimRef', 'name');
  if (!namespace || !name) {
    throw new ComposeError(
      'NoClaim',
      `cannot compose ${composite.kind} ${composite.metadata.name}: it has no claim; apply a HikubeCluster instead`,
    );
  }
  return { namespace, name };
}

/** Reads the children; one that cannot be read is FATAL, because going on without it would delete it. */
export function observeChildren(observed: ComposeInput['observed']): ObservedCluster {
  const children: Record<string, unknown> = { pools: {} };
  const pools: Record<string, unknown> = {};
  for (const [part, object] of observed) {
    const child = {
      spec: specOf(object),
      status: object.status,
      generation: numberAt(object, 'metadata', 'generation'),
      recorded: listAt(object, 'spec', 'crossplane', 'resourceRefs').length,
    };
    if (part === PARTS.etcd) children.etcd = child;
    if (part === PARTS.controlPlane) children.controlPlane = child;
    if (part === PARTS.addons) children.addons = child;
    if (part === PARTS.dataStore) children.dataStore = object.metadata.name;
    if (part.startsWith(POOL_PREFIX)) pools[part.slice(POOL_PREFIX.length)] = child;
  }
  const parsed = observedCluster.safeParse({ ...children, pools });
  if (parsed.success) return parsed.data;
  const [issue] = issuesOf(parsed.error);
  throw new ComposeError(
    'ChildUnreadable',
    `cannot read what runs: ${issue?.path}: ${issue?.message}; nothing is changed`,
  );
}

/** Spec without what Crossplane keeps in it. */
function specOf(object: KubeObject): Record<string, Json | undefined> {
  const { crossplane: _, ...spec } = objectAt(object, 'spec');
  return spec;
}

/** UID of the object's controller, if it has one. */
export function controllerOf(object: KubeObject): string | undefined {
  const owners = listAt(object, 'metadata', 'ownerReferences').filter(isObject);
  return stringAt(
    owners.find(owner => owner.controller === true),
    'uid',
  );
}
