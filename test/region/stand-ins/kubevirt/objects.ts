import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, list, obj } from '../../json.ts';
import { type Kube, KubeError, type KubeObject, kindOf, type OwnerReference } from '../../kube.ts';

/** A reference that makes the garbage collector delete the object with its owner. */
export function ownedBy(owner: KubeObject): OwnerReference {
  const { name, uid = '' } = owner.metadata;
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** Creates an object unless it exists. */
export async function ensure(kube: Kube, object: KubeObject): Promise<KubeObject> {
  const { name, namespace } = object.metadata;
  const existing = await kube.get(kindOf(object), name, namespace);
  if (existing) return existing;
  return kube.create(object).catch((error: unknown) => {
    // Created since: whoever did it is us.
    if (error instanceof KubeError && error.reason === 'AlreadyExists') return object;
    throw error;
  });
}

/** Adds or takes off a finalizer. */
export async function setFinalizer(kube: Kube, object: KubeObject, finalizer: string, held: boolean): Promise<void> {
  const { name, namespace, finalizers = [], resourceVersion } = object.metadata;
  if (finalizers.includes(finalizer) === held) return;
  const next = held ? [...finalizers, finalizer] : finalizers.filter(entry => entry !== finalizer);
  await kube.mergePatch(kindOf(object), name, namespace, { metadata: { finalizers: next, resourceVersion } });
}

/** A condition to report. */
export interface ConditionInput {
  type: string;
  status: 'True' | 'False';
  reason?: string;
  message?: string;
}

/** Writes the status if it says something new; a condition keeps its time while its status stays. */
export async function writeStatus(
  kube: Kube,
  object: KubeObject,
  status: JsonObject & { conditions: ConditionInput[] },
): Promise<void> {
  const before = list(object.status?.conditions).map(obj);
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const conditions = status.conditions.map(condition => {
    const same = before.find(({ type, status: old }) => type === condition.type && old === condition.status);
    return { ...condition, lastTransitionTime: same?.lastTransitionTime ?? now };
  });
  const next = { ...status, conditions };
  const changed = Object.entries(next).some(([key, value]) => !isDeepStrictEqual(obj(object.status)[key], value));
  if (!changed) return;
  const { name, namespace } = object.metadata;
  await kube.mergePatch(kindOf(object), name, namespace, { status: next }, 'status');
}

/** Tells people about an object. */
export async function recordEvent(kube: Kube, about: KubeObject, reason: string, message: string): Promise<void> {
  const { name, namespace, uid } = about.metadata;
  const now = new Date().toISOString().replace(/\.\d+/, '');
  await kube.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${Date.now().toString(16)}`, namespace },
    type: 'Warning',
    reason,
    message: message.slice(0, 1024),
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid },
    source: { component: 'kubevirt-stand-in' },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  });
}
