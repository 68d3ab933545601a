import { hash } from 'node:crypto';

/** Identity of a cluster: names depend on it alone (decision names-from-the-claim). */
export interface ClusterId {
  namespace: string;
  /** Name of the claim. */
  name: string;
}

/** 24 bits: apart enough for names within one namespace, all of which are one tenant's. */
const SHORT_HASH = 6;
/** 160 bits: nobody finds a second value of the same hash, so names shared by all tenants may rest on it. */
const LONG_HASH = 40;

/**
 * A Kubernetes name that starts readable and ends in a hash of namespace, claim and word, because joined names are
 * ambiguous (`a-b` + `c` and `a` + `b-c`).
 *
 * @param word stable word for what the object is, for example `etcd-ca` or `pool-web`
 * @param max longest name allowed; the readable prefix is cut, never the hash
 * @example nameFor({ namespace: 'acme', name: 'shop' }, 'etcd') // 'shop-etcd-3f9a1c'
 */
export function nameFor(cluster: ClusterId, word: string, max = 63): string {
  return withHash(`${cluster.name}-${word}`, shortHash(cluster.namespace, cluster.name, word), max);
}

/**
 * A name for a cluster-scoped object: the readable prefix carries the namespace too, and the hash 160 bits, because
 * every tenant's names meet here and a short one can be hit on purpose.
 */
export function clusterScopedNameFor(cluster: ClusterId, word: string, max = 63): string {
  return withHash(`${cluster.namespace}-${cluster.name}-${word}`, longHash(cluster.namespace, cluster.name, word), max);
}

/** Joins a readable prefix, cut if need be, and a hash. */
export function withHash(prefix: string, hash: string, max = 63): string {
  return `${prefix.slice(0, max - hash.length - 1).replace(/[-.]+$/, '')}-${hash}`;
}

/** Short hex hash of several strings; the separator cannot occur in names, so texts cannot run into each other. */
export function shortHash(...texts: string[]): string {
  return sha256(texts).slice(0, SHORT_HASH);
}

function longHash(...texts: string[]): string {
  return sha256(texts).slice(0, LONG_HASH);
}

function sha256(texts: string[]): string {
  return hash('sha256', texts.join('\u0000'));
}

/** Names of one cluster's objects that more than one file must know. */
export const names = {
  etcd: (id: ClusterId) => nameFor(id, 'etcd'),
  etcdCaSecret: (id: ClusterId) => nameFor(id, 'etcd-ca'),
  etcdClientSecret: (id: ClusterId) => nameFor(id, 'etcd-client'),
  /** Of a new cluster; one that runs keeps the name it has, which Kamaji knows it by. */
  dataStore: (id: ClusterId) => clusterScopedNameFor(id, 'datastore'),
  /** Cluster, KamajiControlPlane, KubevirtCluster and HikubeControlPlane: exactly the claim's name. */
  controlPlane: (id: ClusterId) => id.name,
  nodePool: (id: ClusterId, group: string) => nameFor(id, `pool-${group}`),
  addons: (id: ClusterId) => nameFor(id, 'addons'),
  /** `<claim>-<addon>`; Flux makes a label of it, so the longest claim names get a cut prefix and a hash. */
  release: (id: ClusterId, addon: string) => {
    const name = `${id.name}-${addon}`;
    return name.length <= 63 ? name : withHash(name, shortHash(id.namespace, id.name, addon));
  },
  /** Kubeconfig that our own consumers read (key `value`); Kamaji's provider writes it. */
  kubeconfigSecret: (id: ClusterId) => `${id.name}-kubeconfig`,
  /** Kubeconfig tenants fetch; Kamaji writes it, we never compose it. */
  adminKubeconfigSecret: (id: ClusterId) => `${id.name}-admin-kubeconfig`,
  hostReservation: (host: string) => `host-${longHash(host.toLowerCase())}`,
};
