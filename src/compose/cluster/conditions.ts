import type { AddonsStatus } from '../../api/parts/addons.ts';
import { clip } from '../../base/clip.ts';
import type { Pending } from '../../plan/change/pending.ts';
import { describeFinding } from '../../plan/finding.ts';
import type { ClusterPlan } from '../../plan/index.ts';
import type { ObservedCluster } from '../../plan/observed.ts';
import { isDone } from '../../plan/target/addons/ingress/handover.ts';
import { PARTS } from '../../render/cluster/resource-names.ts';
import type { Condition } from '../types.ts';
import type { Part } from './parts.ts';
import type { Reading } from './read/index.ts';

const NETWORK = ['cilium', 'coredns'];
const STORAGE = ['csi'];

/** The claim's conditions, in a stable order (decision positive-conditions); messages hold no counters and no times. */
export function conditionsOf(
  plan: ClusterPlan,
  parts: readonly Part[],
  pending: readonly Pending[],
  { releases, observed }: Reading,
): Condition[] {
  const of = (...names: string[]) => parts.filter(part => names.includes(part.name));
  const waiting = of(PARTS.addons).some(part => part.hold);
  const planned = Object.keys(plan.children.addons?.releases ?? {}).sort();
  const others = planned.filter(name => !NETWORK.includes(name) && !STORAGE.includes(name));
  const conditions = [
    rollUp('EtcdReady', of(PARTS.etcd, PARTS.dataStore)),
    rollUp('ControlPlaneReady', of(PARTS.controlPlane)),
    rollUp(
      'NodePoolsReady',
      parts.filter(part => part.name.startsWith(PARTS.pool(''))),
    ),
    releasesReady('StorageReady', STORAGE, releases, waiting),
    releasesReady('NetworkReady', NETWORK, releases, waiting),
    whileChanging(plan, releasesReady('AddonsReady', others, releases, waiting)),
    reachable(observed),
  ];
  return [
    accepted(plan),
    settled(plan, pending),
    ...conditions.map(condition => (plan.accepted || parts.length > 0 ? condition : notAccepted(condition))),
  ].map(clipped);
}

/** Far below the 32768 characters Kubernetes gives a condition: a claim's conditions are written with every status. */
const CONDITION_LENGTH = 4096;

function clipped({ message, ...condition }: Condition): Condition {
  return message === undefined ? condition : { ...condition, message: clip(message, CONDITION_LENGTH) };
}

/** Of a request that was refused from the start nothing is wanted, so nothing can be said about its parts. */
function notAccepted({ type }: Condition): Condition {
  return { type, status: 'Unknown', reason: 'NotAccepted', message: 'nothing is made before the claim is accepted' };
}

function accepted(plan: ClusterPlan): Condition {
  const [first] = plan.problems;
  if (!first) return { type: 'Accepted', status: 'True', reason: 'Accepted' };
  const message = plan.problems.map(describeFinding).join('\n');
  return { type: 'Accepted', status: 'False', reason: first.code, message };
}

/** Whether all that is accepted has been let through: what is held back is told with the first reason. */
function settled({ accepted }: ClusterPlan, pending: readonly Pending[]): Condition {
  const type = 'Settled';
  if (!accepted) return { type, status: 'Unknown', reason: 'NotAccepted', message: 'the claim is not accepted' };
  const [first] = pending;
  if (!first) return { type, status: 'True', reason: 'NothingHeld' };
  const message = pending.map(({ path, reason }) => `${path}: ${reason}`).join('\n');
  return { type, status: 'False', reason: first.code, message };
}

function rollUp(type: string, parts: Part[]): Condition {
  const states = parts.map(part => ({ part, state: part.state }));
  const worst =
    states.find(({ state }) => state.state === 'failed') ?? states.find(({ state }) => state.state !== 'ready');
  if (parts.length === 0) return { type, status: 'True', reason: 'NothingWanted' };
  if (!worst || worst.state.state === 'ready') return { type, status: 'True', reason: 'Ready' };
  const reason = worst.state.state === 'failed' ? 'Failed' : worst.part.hold ? 'Waiting' : 'Progressing';
  return { type, status: 'False', reason, message: `${worst.part.title}: ${worst.state.message}` };
}

function releasesReady(
  type: string,
  wanted: string[],
  releases: NonNullable<AddonsStatus['releases']>,
  waiting: boolean,
): Condition {
  if (waiting) return { type, status: 'False', reason: 'Waiting', message: 'waits for the control plane' };
  const open = wanted.filter(name => releases[name]?.state !== 'Ready');
  const failed = open.find(name => releases[name]?.state === 'Failed');
  const name = failed ?? open[0];
  if (name === undefined) return { type, status: 'True', reason: wanted.length > 0 ? 'Ready' : 'NothingWanted' };
  const message = `${name}: ${releases[name]?.message ?? 'is being installed'}`;
  return { type, status: 'False', reason: failed ? 'Failed' : 'Progressing', message };
}

/** Between two steps of a change of the ingress engine all releases are ready, but not all that is wanted is there. */
function whileChanging(plan: ClusterPlan, condition: Condition): Condition {
  const ingress = plan.children.addons?.ingress;
  if (condition.status !== 'True' || !ingress || isDone(ingress)) return condition;
  const message = 'ingress: the engine is being changed';
  return { type: condition.type, status: 'False', reason: 'Progressing', message };
}

function reachable({ controlPlane }: ObservedCluster): Condition {
  const answers = controlPlane?.status?.reachable;
  if (answers) return { type: 'Reachable', status: 'True', reason: 'Answers' };
  const message =
    answers === false ? 'the Kubernetes API does not answer the platform' : 'the Kubernetes API has not answered yet';
  return { type: 'Reachable', status: answers === false ? 'False' : 'Unknown', reason: 'NoAnswer', message };
}
