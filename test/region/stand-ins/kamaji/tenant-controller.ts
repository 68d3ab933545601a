import { userKubeconfig } from '../../control-plane/pki.ts';
import { type Controller, type Key, type Requeue, runController } from '../../controller.ts';
import { at, type JsonObject, num, obj, str } from '../../json.ts';
import { connect, type GVK, type KubeObject } from '../../kube.ts';
import type { PodNetwork } from '../nodes/network/pod-network.ts';
import type { StandInContext } from '../stand-in.ts';
import { connectDataStore } from './datastore.ts';
import { tenantDeployment, tenantService } from './deployment.ts';
import { finalizersOf, INSIDE_FINALIZER, STORAGE_FINALIZER } from './finalizers.ts';
import { tunnelAgents } from './konnectivity.ts';
import { applyKubeadm, kubeadmObjects } from './kubeadm.ts';
import { ensureStorageCertificate, ensureStorageConfig, setUpStorage, tearDownStorage } from './storage.ts';
import { ensureTenantSecrets, type TenantKeys } from './tenant-secrets.ts';
import { deploymentStatus, preparedStatus, storageStatus } from './tenant-status.ts';
import { standInNote } from './versions.ts';

const TENANT: GVK = 'kamaji.clastix.io/v1alpha1/TenantControlPlane';
const DATA_STORE: GVK = 'kamaji.clastix.io/v1alpha1/DataStore';

/** Runs Kamaji's tenant control-plane controller. */
export function startTenantController(context: StandInContext, network: PodNetwork): Controller {
  const { kube, log, tell } = context;
  const forwards = new Map<string, Promise<{ port: number; stop(): Promise<void> }>>();
  const bootstrapped = new Map<string, string>();
  const told = new Map<string, string>();

  /** The address that Kamaji writes into status and kubeconfigs, which leads nowhere from outside the cluster. */
  const endpointOf = async (tenant: KubeObject): Promise<string | undefined> => {
    const service = await kube.apply(tenantService(tenant), { fieldManager: 'kamaji' });
    const balanced = at(service, 'status', 'loadBalancer', 'ingress', 0);
    const address =
      at(service, 'spec', 'type') === 'LoadBalancer'
        ? (str(at(balanced, 'ip')) ?? str(at(balanced, 'hostname')))
        : str(at(service, 'spec', 'clusterIP'));
    return address && `${address}:${portOf(tenant)}`;
  };

  /** A port of this machine that leads to that address, for the tenant's life. */
  const serverOf = async (tenant: KubeObject, id: string): Promise<string> => {
    const { name, namespace } = tenant.metadata;
    const forward = forwards.get(id) ?? network.forward(`${name}.${namespace}.svc`, portOf(tenant));
    forwards.set(id, forward);
    return `https://127.0.0.1:${(await forward).port}`;
  };

  const bringUp = async (tenant: KubeObject, id: string): Promise<Requeue | undefined> => {
    const dataStore = await kube.get(DATA_STORE, str(at(tenant, 'spec', 'dataStore')) ?? '');
    if (!dataStore || at(dataStore, 'status', 'ready') !== true) return RETRY;
    const endpoint = await endpointOf(tenant);
    // Kamaji waits for a cloud's load balancer just as long.
    if (!endpoint) return RETRY;
    sayWhatStandsIn(tenant, id);
    const keys = await ensureTenantSecrets(kube, tenant, endpoint);
    await report(tenant, preparedStatus(tenant, endpoint));

    const setup = await ensureStorageConfig(kube, tenant);
    const etcd = await connectDataStore(kube, network, dataStore);
    try {
      await setUpStorage(etcd, setup);
    } finally {
      await etcd.close();
    }
    await setFinalizers(tenant, finalizersOf(tenant));
    await ensureStorageCertificate(kube, tenant, dataStore, setup.user);
    await report(tenant, storageStatus(tenant, dataStore.metadata.name, setup));

    const wanted = tenantDeployment(tenant, dataStore, {
      schema: setup.schema,
      checksum: keys.checksum,
      address: endpoint.slice(0, endpoint.lastIndexOf(':')),
    });
    const deployment = await kube.apply(wanted, { fieldManager: 'kamaji' });
    const serves = (num(at(deployment, 'status', 'readyReplicas')) ?? 0) > 0;
    if (serves) await settleInside(tenant, id, keys, endpoint);
    await report(tenant, {
      ...deploymentStatus(tenant, deployment),
      observedGeneration: tenant.metadata.generation,
    });
    return serves && !bootstrapped.has(id) ? RETRY : undefined;
  };

  const settleInside = async (tenant: KubeObject, id: string, keys: TenantKeys, endpoint: string): Promise<void> => {
    const server = await serverOf(tenant, id);
    const version = `${keys.checksum} ${at(tenant, 'spec', 'kubernetes', 'version')}`;
    if (bootstrapped.get(id) === version) return;
    const kubeconfig = await userKubeconfig(keys.authority, server, 'kamaji', ['system:masters']);
    const inside = connect(kubeconfig);
    try {
      await applyKubeadm(inside, [...kubeadmObjects(tenant, keys.authority.cert, endpoint), ...tunnelAgents(tenant)]);
      bootstrapped.set(id, version);
    } catch (error) {
      // A server that just became ready may lack its system namespaces for a moment.
      log(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await inside.close();
    }
  };

  /** A version that no program here can behave as is never served in silence. */
  const sayWhatStandsIn = (tenant: KubeObject, id: string): void => {
    const note = standInNote(str(at(tenant, 'spec', 'kubernetes', 'version')) ?? '');
    if (note === undefined || told.get(id) === note) return;
    told.set(id, note);
    tell(`${id}: ${note}`);
  };

  const takeDown = async (tenant: KubeObject): Promise<Requeue | undefined> => {
    await dropFinalizer(tenant, INSIDE_FINALIZER);
    if (!tenant.metadata.finalizers?.includes(STORAGE_FINALIZER)) return undefined;
    const dataStore = await kube.get(DATA_STORE, str(at(tenant, 'spec', 'dataStore')) ?? '');
    if (!dataStore || at(dataStore, 'status', 'ready') !== true) return RETRY;
    const etcd = await connectDataStore(kube, network, dataStore);
    try {
      await tearDownStorage(kube, etcd, tenant);
    } finally {
      await etcd.close();
    }
    await dropFinalizer(tenant, STORAGE_FINALIZER);
    return undefined;
  };

  const forget = async (id: string): Promise<void> => {
    bootstrapped.delete(id);
    told.delete(id);
    const forward = forwards.get(id);
    forwards.delete(id);
    await (await forward)?.stop();
  };

  const report = async (tenant: KubeObject, status: JsonObject): Promise<void> => {
    const { name, namespace } = tenant.metadata;
    const differs = Object.entries(status).some(([key, value]) => !covers(at(tenant, 'status', key), value));
    if (!differs) return;
    const answer = await kube.mergePatch(TENANT, name, namespace, { status }, 'status');
    tenant.status = obj(answer.status);
  };

  const setFinalizers = async (tenant: KubeObject, finalizers: string[]): Promise<void> => {
    const { name, namespace, finalizers: current = [] } = tenant.metadata;
    if (finalizers.toSorted().join() === current.toSorted().join()) return;
    await kube.mergePatch(TENANT, name, namespace, { metadata: { finalizers } });
    tenant.metadata.finalizers = finalizers;
  };

  const dropFinalizer = async (tenant: KubeObject, finalizer: string): Promise<void> => {
    const { finalizers = [] } = tenant.metadata;
    await setFinalizers(
      tenant,
      finalizers.filter(entry => entry !== finalizer),
    );
  };

  const owner = ({ metadata }: KubeObject): Key[] =>
    (metadata.ownerReferences ?? [])
      .filter(reference => reference.kind === 'TenantControlPlane')
      .map(reference => ({ namespace: metadata.namespace, name: reference.name }));

  const controller = runController({
    name: 'kamaji',
    kube,
    log,
    watches: [{ kind: TENANT }, { kind: 'apps/v1/Deployment', map: owner }, { kind: 'v1/Service', map: owner }],
    async reconcile({ namespace, name }) {
      const id = `${namespace}/${name}`;
      const tenant = await kube.get(TENANT, name, namespace);
      if (!tenant) {
        await forget(id);
        return undefined;
      }
      return tenant.metadata.deletionTimestamp ? takeDown(tenant) : bringUp(tenant, id);
    },
  });

  return {
    enqueue: controller.enqueue,
    async stop() {
      await controller.stop();
      await Promise.all([...forwards.keys()].map(forget));
    },
  };
}

const RETRY: Requeue = { requeueAfterMs: 1_000 };

function portOf(tenant: KubeObject): number {
  return num(at(tenant, 'spec', 'networkProfile', 'port')) ?? 6443;
}

/** Whether the current value has everything the wanted one says. */
function covers(current: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return current === wanted;
  return Object.entries(wanted).every(([key, value]) => covers(at(current, key), value));
}
