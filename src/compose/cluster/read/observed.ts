import { issuesOf } from '../../../base/issues.ts';
import { booleanAt, type Json, listAt, numberAt, objectAt } from '../../../base/json.ts';
import type { KubeObject } from '../../../base/object.ts';
import { type ObservedCluster, observedCluster as schema } from '../../../plan/observed.ts';
import type { Readiness } from '../../../readiness/index.ts';
import { PARTS } from '../../../render/cluster/resource-names.ts';
import { ComposeError, type ComposeInput } from '../../types.ts';

const POOL_PREFIX = PARTS.pool('');

/**
 * The parts of a cluster as the plan reads them.
 *
 * @throws ComposeError for one that cannot be read, because going on without it would delete it
 */
export function observedCluster(
  observed: ComposeInput['observed'],
  states: ReadonlyMap<string, Readiness>,
): ObservedCluster {
  const partAt = (name: string) => partOf(observed.get(name), states.get(name));
  const store = observed.get(PARTS.dataStore);
  const pools = [...observed.keys()].filter(name => name.startsWith(POOL_PREFIX));
  const parsed = schema.safeParse({
    etcd: partAt(PARTS.etcd),
    controlPlane: partAt(PARTS.controlPlane),
    addons: partAt(PARTS.addons),
    dataStore: store && { name: store.metadata.name, ready: booleanAt(store, 'status', 'ready') === true },
    pools: Object.fromEntries(pools.map(name => [name.slice(POOL_PREFIX.length), partAt(name)])),
    usages: [PARTS.etcdUsage, PARTS.namespaceUsage].filter(name => observed.has(name)),
  });
  if (parsed.success) return parsed.data;
  const [issue] = issuesOf(parsed.error);
  throw new ComposeError(
    'ChildUnreadable',
    `cannot read what runs: ${issue?.path}: ${issue?.message}; nothing is changed`,
  );
}

function partOf(object: KubeObject | undefined, state: Readiness | undefined) {
  return (
    object && {
      spec: specOf(object),
      status: object.status,
      ready: state?.state === 'ready',
      generation: numberAt(object, 'metadata', 'generation'),
      recorded: listAt(object, 'spec', 'crossplane', 'resourceRefs').length,
    }
  );
}

/** Spec without what Crossplane keeps in it. */
function specOf(object: KubeObject): Record<string, Json | undefined> {
  const { crossplane: _, ...spec } = objectAt(object, 'spec');
  return spec;
}
