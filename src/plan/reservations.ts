/** Who holds a host name, as far as is known. */
export type HostHolder = 'unknown' | 'free' | 'ours' | 'other';

/**
 * Who holds host names, by the full name in lower case. Of a name that is not in it nobody knows yet; a name nobody
 * holds is in it as free.
 */
export type Reservations = Pick<ReadonlyMap<string, Exclude<HostHolder, 'unknown'>>, 'get'>;

/** Who holds one host name. */
export function holderOf(host: string, reservations: Reservations): HostHolder {
  return reservations.get(host) ?? 'unknown';
}
