import { parse } from 'tldts';

const HOST_NAME = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** What ends in a number is read as an IPv4 address, however it is spelt: `10.1`, `0x7f.0.0.1` (WHATWG URL, 3.5). */
const NUMBER = /^(\d+|0x[0-9a-f]*)$/;

/** DNS domain of the management cluster, where etcd and control planes run: a name under it leads into the platform. */
export const PLATFORM_DOMAIN = 'cluster.local';

/** As DNS compares names: lower case, without dots at either end. */
export function normalHost(text: string): string {
  return text.toLowerCase().replace(/^\.+|\.+$/g, '');
}

/** Whether a text is a host name in lower case: no wildcard, no address, at most 253 characters. */
export function isHostName(host: string): boolean {
  return host.length <= 253 && HOST_NAME.test(host) && !NUMBER.test(host.slice(host.lastIndexOf('.') + 1));
}

/** Whether a host is a domain or a name under it. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** What the public suffix list says about a host. */
export interface PublicSuffix {
  /** Longest public suffix the host is under, or is; the last label where the list has none. */
  suffix: string;
  /** Who put it on the list: the registries, its owner, or nobody. */
  section: 'icann' | 'private' | 'unlisted';
}

/**
 * The part of a name under which anybody may register names.
 *
 * @example publicSuffixOf('api.example.co.uk') // { suffix: 'co.uk', section: 'icann' }
 */
export function publicSuffixOf(host: string): PublicSuffix {
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, extractHostname: false });
  return { suffix: publicSuffix ?? host, section: isPrivate ? 'private' : isIcann ? 'icann' : 'unlisted' };
}
