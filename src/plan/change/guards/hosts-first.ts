import { holderOf } from '../../reservations.ts';
import type { Guard } from './types.ts';

/**
 * A public name is used once its reservation is seen as ours, and by one Ingress at a time: a site that takes over the
 * name of the API waits until the API has its new one.
 */
export const hostsFirst: Guard = (step, { reservations }) => {
  if (step.kind !== 'host') return undefined;
  const isOurs = (host: string | undefined) => host !== undefined && holderOf(host, reservations) === 'ours';
  if (!isOurs(step.host)) {
    return {
      code: 'HostNotReserved',
      reason: `${step.host} is used as soon as it is reserved for this cluster`,
      remedy: 'wait; a name that another cluster holds is refused instead',
    };
  }
  const api = isOurs(step.api.next) ? step.api.next : step.api.now;
  if (step.role === 'api' || step.host !== api) return undefined;
  return {
    code: 'HostInUse',
    reason: `${step.host} is still the name of the API, which gets its new one first`,
    remedy: 'wait until status.endpoint has the new name',
  };
};
