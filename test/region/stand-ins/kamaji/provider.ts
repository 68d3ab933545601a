import { type Controller, type Requeue, runController } from '../../controller.ts';
import { at, bool, type JsonObject, num, obj, str, strings } from '../../json.ts';
import type { GVK, Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { mergeConditions, type NewCondition } from '../conditions.ts';
import { writeClusterSecrets } from './cluster-secrets.ts';
import { controlPlaneEndpoint, tenantControlPlane } from './provider-spec.ts';
import { versionProblem } from './versions.ts';

const CONTROL_PLANE: GVK = 'controlplane.cluster.x-k8s.io/v1alpha2/KamajiControlPlane';
const TENANT: GVK = 'kamaji.clastix.io/v1alpha1/TenantControlPlane';
const CLUSTER: GVK = 'cluster.x-k8s.io/v1beta2/Cluster';

/** Runs Kamaji's Cluster API control-plane provider: KamajiControlPlane to TenantControlPlane and back. */
export function startProvider({ kube, log }: { kube: Kube; log: Log }): Controller {
  const owner = (object: KubeObject) =>
    (object.metadata.ownerReferences ?? [])
      .filter(reference => reference.kind === 'KamajiControlPlane')
      .map(reference => ({ namespace: object.metadata.namespace, name: reference.name }));
  return runController({
    name: 'kamaji-control-plane-provider',
    kube,
    log,
    watches: [{ kind: CONTROL_PLANE }, { kind: TENANT, map: owner }],
    async reconcile({ namespace, name }) {
      const controlPlane = await kube.get(CONTROL_PLANE, name, namespace);
      // Without a finalizer of its own there is nothing to do for a deleted one: garbage collection takes its child.
      if (!controlPlane || controlPlane.metadata.deletionTimestamp) return undefined;
      const first = controlPlane.metadata.ownerReferences?.[0];
      if (!first) return undefined;
      // The trap: whoever owns it first must bear the Cluster's name.
      const cluster = await kube.get(CLUSTER, first.name, namespace);
      return cluster ? reconcile(kube, controlPlane, cluster) : undefined;
    },
  });
}

const RETRY: Requeue = { requeueAfterMs: 1_000 };

async function reconcile(kube: Kube, controlPlane: KubeObject, cluster: KubeObject): Promise<Requeue | undefined> {
  const conditions: NewCondition[] = [];
  const track = async <T>(type: string, step: () => Promise<T>): Promise<T> => {
    try {
      const result = await step();
      conditions.push({ type, status: 'True', reason: 'Succeeded' });
      return result;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      conditions.push({ type, status: 'False', reason: error instanceof EnqueueBack ? 'Failed' : 'Pending', message });
      throw error;
    }
  };
  const status: JsonObject = {};
  if (isPaused(controlPlane, cluster)) {
    await report(kube, controlPlane, {}, [{ type: 'Paused', status: 'True', reason: 'Paused' }]);
    return undefined;
  }
  try {
    await bringUp(kube, controlPlane, cluster, track, status, conditions);
    return undefined;
  } catch (error) {
    if (!(error instanceof EnqueueBack)) throw error;
    return RETRY;
  } finally {
    await report(kube, controlPlane, status, conditions);
  }
}

/** Not an error: the object waits for another one. */
class EnqueueBack extends Error {}

type Track = <T>(type: string, step: () => Promise<T>) => Promise<T>;

async function bringUp(
  kube: Kube,
  controlPlane: KubeObject,
  cluster: KubeObject,
  track: Track,
  status: JsonObject,
  conditions: NewCondition[],
): Promise<void> {
  const { name, namespace } = controlPlane.metadata;
  const tenant = await track('TenantControlPlaneCreated', () => writeTenant(kube, controlPlane, cluster));
  const assigned = await track('TenantControlPlaneAddressReady', async () => {
    const address = str(at(tenant, 'status', 'controlPlaneEndpoint'));
    if (!address) throw new EnqueueBack('Control Plane Endpoint is not yet available');
    return address;
  });
  const endpoint = controlPlaneEndpoint(controlPlane, assigned);
  await track('ControlPlaneEndpointPatched', async () => {
    if (same(at(controlPlane, 'spec', 'controlPlaneEndpoint'), endpoint)) return;
    await kube.mergePatch(CONTROL_PLANE, name, namespace, { spec: { controlPlaneEndpoint: endpoint } });
  });
  await track('InfrastructureClusterPatched', () => patchInfrastructure(kube, cluster, endpoint));
  if (!at(cluster, 'spec', 'controlPlaneEndpoint', 'host')) throw new EnqueueBack('Cluster endpoint still unprocessed');
  if (bool(at(cluster, 'status', 'initialization', 'infrastructureProvisioned')) !== true) {
    throw new EnqueueBack('Cluster infrastructure is not yet provisioned');
  }
  const version = at(tenant, 'status', 'kubernetesResources', 'version');
  const phase = str(at(version, 'status'));
  const initialized = bool(at(controlPlane, 'status', 'initialization', 'controlPlaneInitialized')) === true;
  if (!initialized && phase !== 'Ready') throw new EnqueueBack('KamajiControlPlane is not yet initialized');

  const deployment = at(tenant, 'status', 'kubernetesResources', 'deployment');
  Object.assign(status, {
    initialization: { controlPlaneInitialized: true },
    version: str(at(version, 'version')) ?? '',
    selector: str(at(deployment, 'selector')) ?? '',
    replicas: num(at(deployment, 'replicas')) ?? 0,
    readyReplicas: num(at(deployment, 'readyReplicas')) ?? 0,
    availableReplicas: num(at(deployment, 'availableReplicas')) ?? 0,
    upToDateReplicas: num(at(deployment, 'updatedReplicas')) ?? 0,
  });
  conditions.push({ type: 'KamajiControlPlaneIsInitialized', status: 'True', reason: 'Succeeded' });
  await track('KubeadmResourcesCreated', () => writeClusterSecrets(kube, { controlPlane, cluster, tenant }));

  const ready = phase === 'Ready' || phase === 'Upgrading';
  status.ready = ready;
  conditions.push({
    type: 'Available',
    status: ready ? 'True' : 'False',
    reason: ready ? 'Available' : 'NotAvailable',
  });
  await track('KamajiControlPlaneIsReady', async () => {
    if (!ready) throw new EnqueueBack(`TenantControlPlane in ${phase} status, enqueuing back`);
  });
}

async function writeTenant(kube: Kube, controlPlane: KubeObject, cluster: KubeObject): Promise<KubeObject> {
  const wanted = tenantControlPlane(controlPlane, cluster);
  const { name, namespace } = wanted.metadata;
  const current = await kube.get(TENANT, name, namespace);
  const problem = versionProblem(
    str(at(wanted, 'spec', 'kubernetes', 'version')) ?? '',
    str(at(current, 'spec', 'kubernetes', 'version')),
  );
  // In life Kamaji's webhook answers this to the provider's write.
  if (problem) {
    throw new Error(
      `cannot create or update TenantControlPlane: admission webhook "vtenantcontrolplane.kb.io" denied the request: ${problem}`,
    );
  }
  return kube.apply(wanted, { fieldManager: 'kamaji-control-plane-provider' });
}

async function patchInfrastructure(kube: Kube, cluster: KubeObject, endpoint: { host: string; port: number }) {
  const reference = obj(at(cluster, 'spec', 'infrastructureRef'));
  if (!str(reference.name)) throw new Error('Cluster has no InfrastructureRef');
  if (reference.kind !== 'KubevirtCluster') throw new Error('unsupported infrastructure provider');
  const kind: GVK = 'infrastructure.cluster.x-k8s.io/v1alpha1/KubevirtCluster';
  const { namespace } = cluster.metadata;
  const name = String(reference.name);
  const infrastructure = await kube.get(kind, name, namespace);
  if (!infrastructure) throw new Error(`cannot retrieve infrastructure cluster KubevirtCluster ${namespace}/${name}`);
  if (!same(at(infrastructure, 'spec', 'controlPlaneEndpoint'), endpoint)) {
    await kube.mergePatch(kind, name, namespace, { spec: { controlPlaneEndpoint: endpoint } });
  }
  if (at(infrastructure, 'status', 'ready') !== true) {
    await kube.mergePatch(kind, name, namespace, { status: { ready: true } }, 'status');
  }
}

async function report(kube: Kube, controlPlane: KubeObject, status: JsonObject, conditions: NewCondition[]) {
  const { name, namespace } = controlPlane.metadata;
  // The endpoint may just have been written, so the generation is read again.
  const current = await kube.get(CONTROL_PLANE, name, namespace);
  if (!current) return;
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const old = obj(current.status);
  const generation = current.metadata.generation ?? 0;
  const paused = conditions.some(({ type }) => type === 'Paused');
  const merged = mergeConditions(old.conditions, conditions, generation, now).filter(
    entry => paused || entry.type !== 'Paused',
  );
  const next = {
    ready: bool(old.ready) ?? false,
    version: str(old.version) ?? '',
    externalManagedControlPlane: true,
    ...status,
    conditions: merged,
  };
  const changed = Object.entries(next).some(([key, value]) => !same(old[key], value));
  if (changed) await kube.mergePatch(CONTROL_PLANE, name, namespace, { status: next }, 'status');
}

function isPaused(controlPlane: KubeObject, cluster: KubeObject): boolean {
  const annotated = 'cluster.x-k8s.io/paused' in strings(controlPlane.metadata.annotations);
  return annotated || bool(at(cluster, 'spec', 'paused')) === true;
}

function same(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
