import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isObject, type JsonObject } from '../../../src/base/json.ts';
import type { Kube } from '../../region/kube.ts';
import type { KubeObject } from '../../region/kube-types.ts';
import { leftovers } from './leftovers.ts';
import { at, list, text } from './read.ts';
import { until } from './wait.ts';

export const CLAIM = 'hikube.cloud/v1alpha1/HikubeCluster';
const COMPOSITE = 'hikube.cloud/v1alpha1/XHikubeCluster';
const ETCD = 'hikube.cloud/v1alpha1/HikubeEtcd';
const EXAMPLES = path.resolve(import.meta.dirname, '../../../examples');

/** How long a cluster may take on the machine the limits were chosen on; slower machines wait longer. */
const READY_MS = 300_000;

/** The claim in an example file, in a namespace of the test's own. */
export function example(file: string, namespace: string, name?: string): KubeObject {
  const documents = parseAllDocuments(readFileSync(path.join(EXAMPLES, file), 'utf8')).map(document => document.toJS());
  const claim = documents.find(document => isObject(document) && document.kind === 'HikubeCluster');
  if (!claim) throw new Error(`cannot find a HikubeCluster in examples/${file}`);
  return { ...claim, metadata: { ...claim.metadata, namespace, ...(name ? { name } : {}) } };
}

/** A small claim for tests that are about something else than size. */
export function smallClaim(namespace: string, name: string, spec: JsonObject = {}): KubeObject {
  return {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeCluster',
    metadata: { name, namespace },
    spec: { version: 'v1.34', controlPlane: { replicas: 1 }, ...spec },
  };
}

/** Applies a claim as kubectl would, creating its namespace. */
export async function applyClaim(kube: Kube, claim: KubeObject): Promise<void> {
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: String(claim.metadata.namespace) } });
  await kube.apply(claim, { fieldManager: 'kubectl', fieldValidation: 'Strict' });
}

/**
 * Waits for Ready; on a timeout the error tells what waits for what. Right after an edit a claim may still be Ready as it
 * was: wait for what the edit brings first.
 */
export function untilReady(
  kube: Kube,
  { metadata: { name, namespace } }: KubeObject,
  timeoutMs = READY_MS,
): Promise<KubeObject> {
  return until(
    `HikubeCluster ${namespace}/${name} to be Ready`,
    async () => {
      const claim = await kube.get(CLAIM, name, namespace);
      const ready = claim && condition(claim, 'Ready');
      return ready && text(ready, 'status') === 'True' ? claim : undefined;
    },
    { timeoutMs, explain: async () => explain(await kube.get(CLAIM, name, namespace)) },
  );
}

/**
 * Deletes a claim and does not wait: half a minute of every deletion is a wait of Crossplane's, in which the next test can
 * start. The region ends only when every claim is gone (`untilAllGone`). A cluster that is still being made is let finish
 * first: one that goes half made may take very long (docs/operations.md).
 */
export async function leaveClaim(kube: Kube, claim: KubeObject): Promise<void> {
  const { name, namespace } = claim.metadata;
  await until(
    `HikubeCluster ${namespace}/${name} to be whole, or nothing`,
    async () => {
      const seen = await kube.get(CLAIM, name, namespace);
      if (!seen || text(condition(seen, 'Ready'), 'status') === 'True') return true;
      const refused = text(condition(seen, 'Accepted'), 'status') === 'False';
      return refused && (await kube.list(ETCD, { namespace: String(namespace) })).length === 0;
    },
    { timeoutMs: READY_MS, explain: async () => explain(await kube.get(CLAIM, name, namespace)) },
  );
  await kube.delete(CLAIM, name, namespace);
}

/** Waits until no claim and no composite of one is left; a claim that nobody deleted is a mistake of its test. */
export async function untilAllGone(kube: Kube): Promise<void> {
  const left = async () => [...(await kube.list(CLAIM)), ...(await kube.list(COMPOSITE))];
  const kept = (await kube.list(CLAIM)).filter(({ metadata }) => !metadata.deletionTimestamp);
  if (kept.length > 0) throw new Error(`cannot end: nobody has deleted ${kept.map(idOf).join(', ')}`);
  await until('every claim to be gone', async () => (await left()).length === 0, {
    timeoutMs: READY_MS,
    explain: async () => (await left()).map(idOf).join('\n'),
  });
}

function idOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** Deletes a claim and waits until it is gone, its composite and children with it. */
export async function deleteClaim(kube: Kube, { metadata: { name, namespace } }: KubeObject): Promise<void> {
  await kube.delete(CLAIM, name, namespace);
  await until(`HikubeCluster ${namespace}/${name} to be gone`, async () => !(await kube.get(CLAIM, name, namespace)), {
    timeoutMs: READY_MS,
    explain: async () => (await leftovers(kube, String(namespace), name)).join('\n'),
  });
}

export function condition(object: unknown, type: string): unknown {
  return list(object, 'status', 'conditions').find(entry => at(entry, 'type') === type);
}

function explain(claim: KubeObject | undefined): string {
  const lines = list(claim, 'status', 'waiting').map(entry => `${text(entry, 'part')}: ${text(entry, 'message')}`);
  const conditions = list(claim, 'status', 'conditions').map(
    entry => `${text(entry, 'type')}=${text(entry, 'status')} ${text(entry, 'message') ?? ''}`,
  );
  return [...lines, ...conditions].join('\n');
}
