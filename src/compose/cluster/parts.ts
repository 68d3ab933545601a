import { KINDS, PART_API_VERSION } from '../../api/group.ts';
import { byKey, isObject } from '../../base/json.ts';
import { CLUSTER_LABEL } from '../../base/labels.ts';
import { type ClusterId, names } from '../../base/names.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Hold, PartName } from '../../plan/change/pending.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import type { Readiness } from '../../readiness/index.ts';
import { renderDataStore } from '../../render/cluster/data-store.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import { renderUsage } from '../../render/cluster/usage.ts';
import { isObserved, type Reading, stateOf } from './read/index.ts';
import { namespaceUsage } from './usage.ts';

/** A part of the cluster: composed unless it must not be there yet. */
export interface Part {
  /** Composition resource name. */
  name: PartName;
  /** What a tenant calls it. */
  title: string;
  object: KubeObject;
  /** Why it must not be there yet; absent for all that is there or may come. */
  hold?: Hold;
  /** Its own state, or what it waits for. */
  state: Readiness;
}

/** All parts the plan wants, in the order they come up. */
export function partsOf(plan: ClusterPlan, reading: Reading): Part[] {
  const { cluster } = reading;
  const { etcd, controlPlane, addons, pools } = plan.children;
  const part = (name: PartName, title: string, object: KubeObject): Part => {
    const hold = plan.absent.get(name);
    return hold
      ? { name, title, object, hold, state: { state: 'progressing', message: hold.reason } }
      : { name, title, object, state: stateOf(name, reading) };
  };

  const parts: Part[] = [];
  if (etcd) {
    parts.push(part(PARTS.etcd, 'etcd', child(cluster, KINDS.etcd, names.etcd(cluster), etcd)));
  }
  // A DataStore outlives an etcd that is not seen: a control plane stores in it.
  if (etcd || isObserved(PARTS.dataStore, reading)) {
    const store = renderDataStore(cluster, dataStoreName(plan, reading));
    parts.push(
      part(PARTS.dataStore, 'etcd registration', store),
      part(PARTS.etcdUsage, 'etcd protection', etcdUsage(cluster, store)),
      part(PARTS.namespaceUsage, 'namespace protection', namespaceUsage(cluster, store)),
    );
  }
  if (controlPlane) {
    const object = child(cluster, KINDS.controlPlane, names.controlPlane(cluster), controlPlane);
    parts.push(part(PARTS.controlPlane, 'control plane', object));
  }
  for (const [group, pool] of byKey(pools)) {
    const object = child(cluster, KINDS.nodePool, names.nodePool(cluster, group), pool);
    const planned = part(PARTS.pool(group), `node group ${group}`, object);
    parts.push(pool.retire ? { ...planned, state: { state: 'ready' } } : planned);
  }
  if (addons) parts.push(part(PARTS.addons, 'add-ons', child(cluster, KINDS.addons, names.addons(cluster), addons)));
  return parts;
}

/** The name the DataStore has, or the one the control plane was told: another name would be another DataStore. */
function dataStoreName({ children }: ClusterPlan, { cluster, observed }: Reading): string {
  return observed.dataStore?.name ?? children.controlPlane?.dataStore ?? names.dataStore(cluster);
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
