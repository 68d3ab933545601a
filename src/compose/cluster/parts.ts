import { KINDS, PART_API_VERSION } from '../../api/group.ts';
import { booleanAt, byKey, isObject, stringAt } from '../../base/json.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import { type Readiness, readiness } from '../../readiness/index.ts';
import { renderDataStore } from '../../render/cluster/data-store.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import { renderUsage } from '../../render/cluster/usage.ts';
import type { ComposeInput } from '../types.ts';
import { namespaceUsage } from './namespace.ts';

/** A part of the cluster: composed when its gate is open, waiting otherwise. */
export interface Part {
  /** Composition resource name. */
  name: string;
  /** What a tenant calls it. */
  title: string;
  object: KubeObject;
  /** Whether it may exist. Gates are sticky: what exists stays until the claim asks for its removal (design section 3). */
  open: boolean;
  /** What it waits for while the gate is closed. */
  waitsFor: string;
  state: Readiness;
}

/** All parts the plan wants, in the order they come up. */
export function partsOf(cluster: ClusterId, plan: ClusterPlan, input: ComposeInput): Part[] {
  const { etcd, controlPlane, addons, pools } = plan.children;
  const seen = (name: string) => input.observed.get(name);
  const part = (name: string, title: string, object: KubeObject, gate: boolean, waitsFor: string): Part => ({
    name,
    title,
    object,
    open: gate || seen(name) !== undefined,
    waitsFor,
    state: readiness(seen(name)),
  });

  const parts: Part[] = [];
  if (etcd) {
    parts.push(part(PARTS.etcd, 'etcd', child(cluster, KINDS.etcd, names.etcd(cluster), etcd), true, ''));
  }
  // A DataStore outlives an etcd that is not seen: a control plane stores in it.
  if (etcd || seen(PARTS.dataStore)) {
    const etcdReady = readiness(seen(PARTS.etcd)).state === 'ready';
    const store = renderDataStore(cluster, dataStoreName(cluster, plan, seen(PARTS.dataStore)));
    parts.push(part(PARTS.dataStore, 'etcd registration', store, etcdReady, 'etcd'));
    const stored = etcdReady || seen(PARTS.dataStore) !== undefined;
    parts.push(part(PARTS.etcdUsage, 'etcd protection', etcdUsage(cluster, store), stored, 'etcd'));
    parts.push(part(PARTS.namespaceUsage, 'namespace protection', namespaceUsage(cluster, store), stored, 'etcd'));
  }
  if (controlPlane) {
    const storeReady = booleanAt(seen(PARTS.dataStore), 'status', 'ready') === true;
    const object = child(cluster, KINDS.controlPlane, names.controlPlane(cluster), controlPlane);
    parts.push(part(PARTS.controlPlane, 'control plane', object, storeReady, 'etcd'));
  }
  // A node may not be newer than its API server, so the first node waits until that has said what it is.
  const reached = stringAt(seen(PARTS.controlPlane), 'status', 'version') !== undefined;
  const apiAnswers = booleanAt(seen(PARTS.controlPlane), 'status', 'initialized') === true;
  for (const [group, pool] of byKey(pools)) {
    const object = child(cluster, KINDS.nodePool, names.nodePool(cluster, group), pool);
    const planned = part(PARTS.pool(group), `node group ${group}`, object, apiAnswers && reached, 'the control plane');
    parts.push(pool.retire ? { ...planned, state: { state: 'ready' } } : planned);
  }
  if (addons) {
    const object = child(cluster, KINDS.addons, names.addons(cluster), addons);
    parts.push(part(PARTS.addons, 'add-ons', object, apiAnswers, 'the control plane'));
  }
  return parts;
}

/** The name the DataStore has, or the one the control plane was told: another name would be another DataStore. */
function dataStoreName(cluster: ClusterId, plan: ClusterPlan, observed: KubeObject | undefined): string {
  return observed?.metadata.name ?? plan.children.controlPlane?.dataStore ?? names.dataStore(cluster);
}

/** etcd stays until the DataStore is gone, which Kamaji holds until every tenant control plane has left it. */
function etcdUsage(cluster: ClusterId, store: KubeObject): KubeObject {
  return renderUsage({
    name: `${names.etcd(cluster)}-usage`,
    namespace: cluster.namespace,
    of: { apiVersion: PART_API_VERSION, kind: KINDS.etcd, name: names.etcd(cluster) },
    by: { apiVersion: store.apiVersion, kind: store.kind, name: store.metadata.name },
    labels: { [CLUSTER_LABEL]: cluster.name },
    reason: 'the tenant control plane needs its etcd to be deleted',
  });
}

function child(cluster: ClusterId, kind: string, name: string, spec: object): KubeObject {
  return {
    apiVersion: PART_API_VERSION,
    kind,
    metadata: { name, namespace: cluster.namespace, labels: { [CLUSTER_LABEL]: cluster.name } },
    ...(isObject(spec) ? { spec } : {}),
  };
}
