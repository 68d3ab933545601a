import type { AddonsStatus } from '../../../api/parts/addons.ts';
import { stringAt } from '../../../base/json.ts';
import type { ClusterId } from '../../../base/names.ts';
import type { KubeObject } from '../../../base/object.ts';
import type { Member, ObservedCluster } from '../../../plan/observed.ts';
import { type Readiness, readiness } from '../../../readiness/index.ts';
import { ComposeError, type ComposeInput } from '../../types.ts';
import { membersOf } from './members.ts';
import { observedCluster } from './observed.ts';
import { type ReadReservations, readReservations } from './reservations.ts';

/** All that is read of the composite and of what is observed beside it; nothing else of `cluster/` looks there. */
export interface Reading extends ReadReservations {
  cluster: ClusterId;
  observed: ObservedCluster;
  /** State of everything that is observed, by composition resource name. */
  states: ReadonlyMap<string, Readiness>;
  /** Add-ons by release name, as their part reports them. */
  releases: NonNullable<AddonsStatus['releases']>;
  /** API servers and etcd members by zone; absent while nobody has looked. */
  members: readonly Member[] | undefined;
}

/**
 * Reads what Crossplane observed, once.
 *
 * @throws ComposeError where there is no claim, or a part cannot be read: going on without it would delete it
 */
export function readCluster(input: ComposeInput): Reading {
  const cluster = clusterOf(input.composite);
  const states = new Map([...input.observed].map(([name, object]) => [name, readiness(object)]));
  const observed = observedCluster(input.observed, states);
  return {
    cluster,
    observed,
    states,
    releases: observed.addons?.status?.releases ?? {},
    members: membersOf(input),
    ...readReservations(cluster, observed, input),
  };
}

/** State of a part that may not be there yet. */
export function stateOf(name: string, { states }: Reading): Readiness {
  return states.get(name) ?? readiness(undefined);
}

/** Whether something is observed under a composition resource name. */
export function isObserved(name: string, { states }: Reading): boolean {
  return states.has(name);
}

/** The claim behind a composite: its namespace is where everything is composed. */
function clusterOf(composite: KubeObject): ClusterId {
  const namespace = stringAt(composite, 'spec', 'claimRef', 'namespace');
  const name = stringAt(composite, 'spec', 'claimRef', 'name');
  if (!namespace || !name) {
    throw new ComposeError(
      'NoClaim',
      `cannot compose ${composite.kind} ${composite.metadata.name}: it has no claim; apply a HikubeCluster instead`,
    );
  }
  return { namespace, name };
}
