import { clip, MESSAGE_LENGTH } from '../base/clip.ts';
import type { KubeObject } from '../base/object.ts';
import { certificate } from './certificate.ts';
import { helmRepository, ociRepository } from './chart-source.ts';
import { cluster } from './cluster.ts';
import { progressing } from './conditions.ts';
import { dataStore } from './data-store.ts';
import { deployment } from './deployment.ts';
import { etcdCluster } from './etcd-cluster.ts';
import { existing } from './exists.ts';
import { helmRelease } from './helm-release.ts';
import { issuer } from './issuer.ts';
import { kamajiControlPlane } from './kamaji-control-plane.ts';
import { kubevirtCluster } from './kubevirt-cluster.ts';
import { machineDeployment } from './machine-deployment.ts';
import { parts } from './part.ts';
import type { Readiness, ReadinessRule } from './types.ts';

/** Readiness of every kind this project composes; a kind without a rule here must not be rendered. */
export const rules: readonly ReadinessRule[] = [
  certificate,
  issuer,
  etcdCluster,
  dataStore,
  kamajiControlPlane,
  cluster,
  kubevirtCluster,
  machineDeployment,
  helmRelease,
  ociRepository,
  helmRepository,
  deployment,
  ...parts,
  ...existing,
];

const byKind = new Map(rules.map(rule => [keyOf(rule), rule]));

/**
 * State of an observed object, in a message of bounded length; one that is desired but not there yet is being created.
 */
export function readiness(object: KubeObject | undefined): Readiness {
  if (object === undefined) return progressing('being created');
  const state = byKind.get(keyOf(object))?.check(object) ?? progressing('not known to this version of the function');
  return state.state === 'ready' ? state : { ...state, message: clip(state.message, MESSAGE_LENGTH) };
}

/** The object as its controllers leave it once it is ready: for offline rendering and tests. */
export function withReadyStatus(object: KubeObject): KubeObject {
  const status = byKind.get(keyOf(object))?.readyStatus(object);
  return status === undefined ? object : { ...object, status };
}

/** Whether there is a rule for a kind. */
export function hasRule(object: { apiVersion: string; kind: string }): boolean {
  return byKind.has(keyOf(object));
}

function keyOf({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  return `${apiVersion}/${kind}`;
}

export type { Readiness, ReadinessRule } from './types.ts';
