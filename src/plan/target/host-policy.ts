import { isHostName, isWithin, publicSuffixOf } from '../../api/host-name.ts';
import type { ClusterId } from '../../base/names.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Finding } from '../finding.ts';
import { SPECIAL_USE } from './special-use.ts';

/** What a host name is asked for: the API has one, the ingress may take all names under a domain (`*.example.com`). */
export type HostRole = 'api' | 'ingress';

/** Why a host cannot be had, whoever asks. */
export type HostFault = Omit<Finding, 'path'>;

/** Domain of Services in the management cluster. */
const PLATFORM_SERVICES = 'cluster.local';

/** What is wrong with a name in itself, on whatever platform list it stands or not. */
export function faultOfName(host: string, role: HostRole, catalog: Catalog): HostFault | undefined {
  const base = host.replace(/^\*\./, '');
  if (role === 'api' && base !== host) {
    return invalid(`${host} stands for many names, and an API has one`, 'name one host, for example api.example.com');
  }
  if (!isHostName(base)) return invalid(`${host} is not a host name`, 'use for example www.example.com');
  const { suffix, allowed } = catalog.domain;
  if (isWithin(suffix, base)) return refused(`${host} is the platform's own domain or above it`, catalog);
  if ([PLATFORM_SERVICES, catalog.network.clusterDomain, 'svc'].some(domain => isWithin(base, domain))) {
    return refused(`${host} is a name of Services inside a cluster`, catalog);
  }
  const list = publicSuffixOf(base);
  if (list.suffix === base && list.section !== 'unlisted') {
    return refused(`${host} is a public suffix: names under it belong to many`, catalog);
  }
  // A platform may give out names of a private network, but only those it lists.
  if ([suffix, ...allowed].some(domain => isUnder(host, domain))) return undefined;
  const special = SPECIAL_USE.find(domain => isWithin(base, domain));
  if (special) return refused(`${host} is not public: .${special} is a special-use domain`, catalog);
  if (list.section === 'unlisted')
    return refused(`${host} is not public: there is no top-level domain .${list.suffix}`, catalog);
  return undefined;
}

/** Why this platform does not give a name to this tenant. Its lists may change, so what runs keeps a name they refuse. */
export function faultOfOffer(host: string, cluster: ClusterId, catalog: Catalog): HostFault | undefined {
  const { suffix, allowed, reserved } = catalog.domain;
  const base = host.replace(/^\*\./, '');
  if (reserved.some(name => isWithin(base, name) || (base !== host && isUnder(name, base)))) {
    return refused(`${host} is reserved by the platform`, catalog);
  }
  // Names under the platform's own suffix carry the tenant's namespace, or one tenant could take another's default.
  const own = `${cluster.namespace}.${suffix}`;
  if (isWithin(base, suffix)) {
    if (isUnder(host, own)) return undefined;
    const message = `${host} is under ${suffix}, but not under ${own}, which is yours`;
    return { code: 'HostNotAllowed', message, remedy: `use a name under ${own}` };
  }
  if (allowed.length === 0 || allowed.some(domain => isUnder(host, domain))) return undefined;
  return refused(`${host} is not under a domain this platform allows`, catalog);
}

function isUnder(host: string, domain: string): boolean {
  return host !== domain && isWithin(host, domain);
}

function invalid(message: string, remedy: string): HostFault {
  return { code: 'InvalidField', message, remedy };
}

function refused(message: string, { domain }: Catalog): HostFault {
  const remedy =
    domain.allowed.length > 0
      ? `use a name under ${domain.allowed.join(', ')}`
      : 'use a public name of your own domain, for example www.example.com';
  return { code: 'HostNotAllowed', message, remedy };
}
