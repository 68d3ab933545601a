import { type JsonObject, list, obj } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { kindOf } from '../../kube.ts';
import type { Artifact } from './store.ts';

/** What a reconcile of a source came to. */
export type Outcome =
  | { artifact: Artifact; reason: string; message: string; status?: JsonObject }
  | { failure: string; message: string };

/** Writes an outcome the way the source controller does: a failed fetch keeps the last good artifact. */
export async function report(kube: Kube, source: KubeObject, outcome: Outcome): Promise<void> {
  const { generation = 0, annotations, name, namespace } = source.metadata;
  const failed = 'failure' in outcome;
  const conditions = failed
    ? [
        entry('Ready', 'False', outcome.failure, outcome.message),
        entry('FetchFailed', 'True', outcome.failure, outcome.message),
        ...previous(source, 'ArtifactInStorage'),
      ]
    : [
        entry('Ready', 'True', outcome.reason, outcome.message),
        entry('ArtifactInStorage', 'True', outcome.reason, outcome.message),
      ];
  const asked = annotations?.['reconcile.fluxcd.io/requestedAt'];
  const status: JsonObject = {
    observedGeneration: generation,
    conditions: conditions.map(condition => settle(source, { ...condition, observedGeneration: generation })),
    ...(asked && { lastHandledReconcileAt: asked }),
    ...(!failed && { artifact: settleArtifact(source, outcome.artifact), ...outcome.status }),
  };
  const changed = Object.entries(status).some(([key, value]) => !same(obj(source.status)[key], value));
  if (changed) await kube.mergePatch(kindOf(source), name, namespace, { status }, 'status');
}

function entry(type: string, status: string, reason: string, message: string): JsonObject {
  return { type, status, reason, message };
}

function previous(source: KubeObject, type: string): JsonObject[] {
  return conditionsOf(source).filter(condition => condition.type === type);
}

/** A condition keeps its transition time while its status stays. */
function settle(source: KubeObject, condition: JsonObject): JsonObject {
  const before = conditionsOf(source).find(({ type }) => type === condition.type);
  const kept = before?.status === condition.status ? before?.lastTransitionTime : undefined;
  return { ...condition, lastTransitionTime: kept ?? new Date().toISOString().replace(/\.\d+/, '') };
}

/** The same content keeps its time, so that nothing downstream sees a change. */
function settleArtifact(source: KubeObject, artifact: Artifact): JsonObject {
  const before = obj(source.status?.artifact);
  const unchanged = before.digest === artifact.digest && before.url === artifact.url;
  return unchanged ? { ...artifact, lastUpdateTime: before.lastUpdateTime } : artifact;
}

function conditionsOf(source: KubeObject): JsonObject[] {
  return list(source.status?.conditions).map(obj);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sorted(inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
