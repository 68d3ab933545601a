import { type Controller, type Requeue, runController } from '../../controller.ts';
import { at, type JsonObject, list, str } from '../../json.ts';
import type { GVK, Kube, KubeObject } from '../../kube.ts';
import type { Log } from '../../log.ts';
import { mergeConditions, type NewCondition } from '../conditions.ts';
import { secretsOf } from './datastore.ts';

const DATA_STORE: GVK = 'kamaji.clastix.io/v1alpha1/DataStore';
const TENANT: GVK = 'kamaji.clastix.io/v1alpha1/TenantControlPlane';
const FINALIZER = 'kamaji.clastix.io/TenantControlPlane';

/** Runs Kamaji's DataStore controller: validity by what it refers to, users in status, held while used. */
export function startDataStoreController({ kube, log }: { kube: Kube; log: Log }): Controller {
  const usedSecrets = new Map<string, string[]>();
  return runController({
    name: 'kamaji-datastore',
    kube,
    log,
    watches: [
      { kind: DATA_STORE },
      {
        kind: TENANT,
        map: tenant =>
          [...new Set([usedBy(tenant), str(at(tenant, 'spec', 'dataStore'))])].flatMap(name =>
            name ? [{ name }] : [],
          ),
      },
      {
        kind: 'v1/Secret',
        map: ({ metadata }) =>
          [...usedSecrets]
            .filter(([, names]) => names.includes(`${metadata.namespace}/${metadata.name}`))
            .map(([name]) => ({ name })),
      },
    ],
    async reconcile({ name }) {
      const dataStore = await kube.get(DATA_STORE, name);
      if (!dataStore) {
        usedSecrets.delete(name);
        return undefined;
      }
      usedSecrets.set(name, secretsOf(dataStore));
      return reconcile(kube, dataStore);
    },
  });
}

/** The DataStore a tenant stores in. */
export function usedBy(tenant: KubeObject): string | undefined {
  return str(at(tenant, 'status', 'storage', 'dataStoreName'));
}

async function reconcile(kube: Kube, dataStore: KubeObject): Promise<Requeue | undefined> {
  const { name, finalizers = [], deletionTimestamp } = dataStore.metadata;
  if (!deletionTimestamp && !finalizers.includes(FINALIZER)) {
    await kube.mergePatch(DATA_STORE, name, undefined, { metadata: { finalizers: [...finalizers, FINALIZER] } });
    await report(kube, dataStore, [], { type: VALID, status: 'Unknown', reason: 'MissingCondition' });
    return undefined;
  }
  const users = (await kube.list(TENANT))
    .filter(tenant => usedBy(tenant) === name)
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    .sort();
  if (deletionTimestamp && users.length === 0) {
    const rest = finalizers.filter(entry => entry !== FINALIZER);
    await kube.mergePatch(DATA_STORE, name, undefined, { metadata: { finalizers: rest } });
    return undefined;
  }
  if (deletionTimestamp) {
    await report(kube, dataStore, users, {
      type: 'kamaji.clastix.io/DataStoreAllowedDeletion',
      status: 'False',
      reason: 'DataStoreStillUsed',
      message: 'The DataStore is still used and referenced by one (or more) TenantControlPlane objects.',
    });
    return { requeueAfterMs: 1_000 };
  }
  const problem = await missingSecret(kube, dataStore);
  await report(kube, dataStore, users, {
    type: VALID,
    status: problem ? 'False' : 'True',
    reason: problem ? 'TLSConfigurationValidationFailed' : 'DataStoreIsValid',
    ...(problem && { message: problem }),
  });
  return problem ? { requeueAfterMs: 1_000 } : undefined;
}

/**
 * What makes a DataStore invalid: a Secret that is not there, and nothing else. Neither its keys are read nor etcd asked
 * (datastore_controller.go:440).
 */
export async function missingSecret(kube: Pick<Kube, 'get'>, dataStore: KubeObject): Promise<string | undefined> {
  for (const secret of secretsOf(dataStore)) {
    const [namespace = '', name = ''] = secret.split('/');
    if (!(await kube.get('v1/Secret', name, namespace))) return `secret ${secret} is not found`;
  }
  return undefined;
}

const VALID = 'kamaji.clastix.io/DataStoreValidation';

async function report(kube: Kube, dataStore: KubeObject, users: string[], condition: NewCondition): Promise<void> {
  const { name, generation = 0 } = dataStore.metadata;
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const old = dataStore.status;
  const conditions = mergeConditions(at(old, 'conditions'), [condition], generation, now);
  const ready = list(conditions).some(entry => at(entry, 'type') === VALID && at(entry, 'status') === 'True');
  const status: JsonObject = { ready, usedBy: users, observedGeneration: generation, conditions };
  const changed = Object.entries(status).some(([key, value]) => JSON.stringify(at(old, key)) !== JSON.stringify(value));
  if (changed) await kube.mergePatch(DATA_STORE, name, undefined, { status }, 'status');
}
