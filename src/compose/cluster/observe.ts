import { isObject, type Json, objectAt, stringAt } from '../../api/json.ts';
import type { ClusterId } from '../../api/names.ts';
import type { KubeObject } from '../../api/object.ts';
import { type ObservedCluster, observedCluster } from '../../plan/observed.ts';
import { ComposeError, type ComposeInput } from '../types.ts';

/** Composition resource names of the composite's parts; Crossplane knows composed objects by them, so they never change. */
export const PARTS = {
  etcd: 'etcd',
  dataStore: 'datastore',
  etcdUsage: 'usage-etcd',
  controlPlane: 'control-plane',
  addons: 'addons',
  pool: (group: string) => `pool-${group}`,
  host: (hash: string) => `host-${hash}`,
} as const;

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
    const child = { spec: specOf(object), status: object.status };
    if (part === PARTS.etcd) children.etcd = child;
    if (part === PARTS.controlPlane) children.controlPlane = child;
    if (part === PARTS.addons) children.addons = child;
    if (part.startsWith(POOL_PREFIX)) pools[part.slice(POOL_PREFIX.length)] = child;
  }
  const parsed = observedCluster.safeParse({ ...children, pools });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ComposeError(
    'ChildUnreadable',
    `cannot read what runs: ${issue?.path.join('.')}: ${issue?.message}; nothing is changed`,
  );
}

/** Spec without what Crossplane keeps in it. */
function specOf(object: KubeObject): Record<string, Json | undefined> {
  const { crossplane: _, ...spec } = objectAt(object, 'spec');
  return spec;
}

/** Whether an object is controlled by the composite. */
export function isControlledBy(object: KubeObject, composite: KubeObject): boolean {
  const uid = stringAt(composite, 'metadata', 'uid');
  const owners = object.metadata.ownerReferences;
  return uid !== undefined && Array.isArray(owners) && owners.some(owner => isObject(owner) && owner.uid === uid);
}
