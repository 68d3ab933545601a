import { HOST_RESERVATION_KIND } from '../../../api/group.ts';
import { isObject, listAt, objectAt, stringAt } from '../../../base/json.ts';
import { type ClusterId, names } from '../../../base/names.ts';
import type { KubeObject } from '../../../base/object.ts';
import type { ObservedCluster } from '../../../plan/observed.ts';
import type { HostHolder } from '../../../plan/reservations.ts';
import type { ComposeInput } from '../../types.ts';

/** What is known of host names. */
export interface ReadReservations {
  /** Who holds each name that was looked up or is ours. */
  reservations: ReadonlyMap<string, Exclude<HostHolder, 'unknown'>>;
  /** Composition resource names of our own reservations, by the host each proves. */
  held: ReadonlyMap<string, string>;
  /** Every reservation composed here, by what it is composed as, with the host it claims to hold. */
  composed: ReadonlyMap<string, string>;
  /** Hosts that the control plane's accepted spec holds, and those its Ingresses have or may have. */
  hostsInUse: readonly string[];
}

const REQUIREMENT = 'host/';

/** Name of the requirement that looks up who holds a host: with the host in it, an answer tells what it is about. */
export function hostRequirement(host: string): string {
  return `${REQUIREMENT}${host}`;
}

/**
 * Who holds host names, by each reservation's own name, its full host and its controller. What it is composed as proves
 * nothing: that name was a short hash once, and a second host with the same one is found in seconds.
 */
export function readReservations(cluster: ClusterId, observed: ObservedCluster, input: ComposeInput): ReadReservations {
  const isOurs = (object: KubeObject) => belongsTo(object, cluster, stringAt(input.composite, 'metadata', 'uid'));
  const held = new Map<string, string>();
  const composed = new Map<string, string>();
  for (const [part, object] of input.observed) {
    const host = stringAt(object, 'spec', 'host');
    if (object.kind === HOST_RESERVATION_KIND) composed.set(part, host ?? '');
    if (host !== undefined && reserves(object, host) && isOurs(object)) held.set(host, part);
  }
  const reservations = new Map<string, Exclude<HostHolder, 'unknown'>>([...held.keys()].map(host => [host, 'ours']));
  for (const [requirement, objects] of input.required) {
    if (!requirement.startsWith(REQUIREMENT)) continue;
    const host = requirement.slice(REQUIREMENT.length);
    const found = objects.find(object => object.metadata.name === names.hostReservation(host));
    if (found) reservations.set(host, reserves(found, host) && isOurs(found) ? 'ours' : 'other');
    else if (!held.has(host)) reservations.set(host, 'free');
  }
  return { reservations, held, composed, hostsInUse: hostsInUse(observed, [...held.keys()]) };
}

/** Until the control plane has told of its present spec, its Ingresses may have any host that it was ever given. */
function hostsInUse({ controlPlane }: ObservedCluster, held: readonly string[]): string[] {
  if (!controlPlane) return [];
  const { spec, status = {}, generation } = controlPlane;
  const given = [...(spec.endpoint ? [spec.endpoint.host] : []), ...(spec.ingress?.hosts ?? [])];
  return [...given, ...(status.hosts ?? []), ...(status.hostsAt === generation ? [] : held)];
}

/** Whether an object is the reservation of a host: its name is the hash of the host, and the host it holds is that one. */
function reserves(object: KubeObject, host: string): boolean {
  return (
    object.kind === HOST_RESERVATION_KIND &&
    object.metadata.name === names.hostReservation(host) &&
    stringAt(object, 'spec', 'host') === host
  );
}

/** Ours by its controller. One without any came back from a backup; Crossplane takes it up again for the cluster it names. */
function belongsTo(object: KubeObject, { namespace, name }: ClusterId, uid: string | undefined): boolean {
  const controller = controllerOf(object);
  if (controller !== undefined) return controller === uid;
  const cluster = objectAt(object, 'spec', 'cluster');
  return cluster.namespace === namespace && cluster.name === name;
}

/** UID of the object's controller, if it has one. */
function controllerOf(object: KubeObject): string | undefined {
  const owners = listAt(object, 'metadata', 'ownerReferences').filter(isObject);
  return stringAt(
    owners.find(owner => owner.controller === true),
    'uid',
  );
}
