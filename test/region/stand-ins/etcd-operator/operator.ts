import { type Controller, type Requeue, runController } from '../../controller.ts';
import { at, type JsonObject, list, num, obj, str, strings } from '../../json.ts';
import { type GVK, type Kube, type KubeObject, kindOf } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { mergeConditions, type NewCondition } from '../conditions.ts';
import type { PodNetwork } from '../nodes/network/pod-network.ts';
import { openEtcd } from './etcd-client.ts';
import { CLUSTER_LABEL, isReady, memberClaim, memberNames, memberPod, sharedObjects, tlsSecrets } from './member.ts';
import { deadlineConditions, healthConditions } from './status.ts';

const CLUSTER: GVK = 'etcd-operator.cozystack.io/v1alpha2/EtcdCluster';

/** What the operator works with. */
export interface OperatorParts {
  kube: Kube;
  network: PodNetwork;
  log: Log;
}

/** Runs the operator's reconcile loop. Children carry an owner reference, so deleting a cluster deletes them. */
export function startOperator(parts: OperatorParts): Controller {
  const { kube, log } = parts;
  return runController({
    name: 'etcd-operator',
    kube,
    log,
    watches: [
      { kind: CLUSTER },
      {
        kind: 'v1/Pod',
        labelSelector: CLUSTER_LABEL,
        map: pod => [{ namespace: pod.metadata.namespace, name: pod.metadata.labels?.[CLUSTER_LABEL] ?? '' }],
      },
    ],
    async reconcile({ namespace, name }) {
      const cluster = await kube.get(CLUSTER, name, namespace);
      if (!cluster || cluster.metadata.deletionTimestamp) return undefined;
      return reconcile(parts, cluster);
    },
  });
}

async function reconcile(parts: OperatorParts, cluster: KubeObject): Promise<Requeue | undefined> {
  const { kube } = parts;
  const { namespace } = cluster.metadata;
  const latched = latch(cluster);
  if (latched.expired) return report(kube, cluster, { conditions: latched.expired });
  const desired = num(at(latched.observed, 'replicas')) ?? 3;
  for (const object of sharedObjects(cluster, desired)) await createMissing(kube, object);

  const missing = await missingSecret(kube, cluster);
  if (missing) {
    const conditions = [
      ...healthConditions({ ready: 0, desired }),
      progressing(`TLS secret ${namespace}/${missing}: not found`),
    ];
    await report(kube, cluster, { ...latched.status, conditions });
    return { requeueAfterMs: RETRY_MS };
  }

  const names = memberNames(cluster, desired);
  for (const member of names) {
    const claim = memberClaim(cluster, member);
    if (claim) await createMissing(kube, claim);
    await createMissing(kube, memberPod(cluster, member, names));
  }
  const pods = await kube.list('v1/Pod', { namespace, labelSelector: `${CLUSTER_LABEL}=${cluster.metadata.name}` });
  // A paused cluster keeps its claims, so it resumes with its data.
  if (desired === 0) for (const pod of pods) await kube.delete('v1/Pod', pod.metadata.name, namespace);

  const serving = pods.filter(pod => !pod.metadata.deletionTimestamp && isReady(pod)).map(pod => pod.metadata.name);
  const discovered = await discover(parts, cluster, serving);
  // A member counts once the operator itself has talked to the cluster as its client.
  const ready = discovered.clusterID ? serving.length : 0;
  const health = healthConditions({ ready, desired });
  const reached = health.some(({ type }) => type === 'Progressing');
  const waiting = discovered.problem ?? `waiting for members: ${ready}/${desired} ready`;
  await report(kube, cluster, {
    ...latched.status,
    ...(reached && { progressDeadline: null }),
    ...(discovered.clusterID && { clusterID: discovered.clusterID }),
    clusterToken: cluster.metadata.uid,
    readyMembers: ready,
    selector: `${CLUSTER_LABEL}=${cluster.metadata.name}`,
    conditions: reached ? health : [...health, progressing(waiting)],
  });
  return { requeueAfterMs: reached ? RESYNC_MS : RETRY_MS };
}

const RETRY_MS = 1_000;
const RESYNC_MS = 30_000;

/** The target is locked while it is worked on; a target not reached in time ends in a terminal state. */
function latch(cluster: KubeObject): { observed: JsonObject; status: JsonObject; expired?: NewCondition[] } {
  const wanted = Object.fromEntries(
    OBSERVED.flatMap(key => {
      const value = at(cluster, 'spec', key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const observed = at(cluster, 'status', 'observed');
  const deadline = str(at(cluster, 'status', 'progressDeadline'));
  const edited = JSON.stringify(sorted(observed)) !== JSON.stringify(sorted(wanted));
  const expired = deadline !== undefined && Date.parse(deadline) < Date.now();
  const bootstrapped = at(cluster, 'status', 'clusterID') !== undefined;
  if (observed !== undefined && expired && (!bootstrapped || !edited)) {
    const desired = num(at(observed, 'replicas')) ?? 3;
    return { observed: obj(observed), status: {}, expired: deadlineConditions({ bootstrapped, desired }) };
  }
  const working = deadline !== undefined && !expired;
  if (observed !== undefined && (working || !edited)) return { observed: obj(observed), status: {} };
  const seconds = num(at(cluster, 'spec', 'progressDeadlineSeconds')) ?? 600;
  const progressDeadline = new Date(Date.now() + seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
  return { observed: wanted, status: { observed: wanted, progressDeadline } };
}

const OBSERVED = [
  'replicas',
  'version',
  'storage',
  'resources',
  'affinity',
  'topologySpreadConstraints',
  'options',
  'additionalMetadata',
  'imagePullSecrets',
];

async function missingSecret(kube: Kube, cluster: KubeObject): Promise<string | undefined> {
  const { server, peer } = tlsSecrets(cluster);
  for (const name of [server, peer]) {
    if (name && !(await kube.get('v1/Secret', name, cluster.metadata.namespace))) return name;
  }
  return undefined;
}

/** Talks to the members as the operator does, once, to learn the cluster's identity. */
async function discover(parts: OperatorParts, cluster: KubeObject, serving: string[]) {
  const known = str(at(cluster, 'status', 'clusterID'));
  if (known || serving.length === 0) return { clusterID: known };
  const { namespace = '', name } = cluster.metadata;
  const secret = async (ref: string | undefined) =>
    strings(ref ? (await parts.kube.get('v1/Secret', ref, namespace))?.data : undefined);
  const refs = tlsSecrets(cluster);
  const [server, operator] = [await secret(refs.server), await secret(refs.operator)];
  try {
    const etcd = await openEtcd({
      network: parts.network,
      endpoints: serving.map(member => `${member}.${name}.${namespace}.svc:2379`),
      tls: { ca: decode(server['ca.crt']), cert: decode(operator['tls.crt']), key: decode(operator['tls.key']) },
    });
    try {
      return { clusterID: (await etcd.members()).clusterId };
    } finally {
      await etcd.close();
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    parts.log(`${namespace}/${name}: ${problem}`);
    return { clusterID: undefined, problem };
  }
}

async function createMissing(kube: Kube, object: KubeObject): Promise<void> {
  const { name, namespace } = object.metadata;
  if (await kube.get(kindOf(object), name, namespace)) return;
  await kube.create(object);
}

async function report(
  kube: Kube,
  cluster: KubeObject,
  status: JsonObject & { conditions: NewCondition[] },
): Promise<undefined> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const { generation = 0, name, namespace } = cluster.metadata;
  const conditions = mergeConditions(at(cluster, 'status', 'conditions'), status.conditions, generation, now);
  const next = { ...status, conditions };
  const current = obj(cluster.status);
  const changed = Object.entries(next).some(
    ([key, value]) => JSON.stringify(sorted(current[key] ?? null)) !== JSON.stringify(sorted(value ?? null)),
  );
  if (changed) await kube.mergePatch(CLUSTER, name, namespace, { status: next }, 'status');
  return undefined;
}

function progressing(message: string): NewCondition {
  return { type: 'Progressing', status: 'True', reason: 'Reconciling', message };
}

function decode(value: string | undefined): string {
  return Buffer.from(value ?? '', 'base64').toString();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return list(value).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
