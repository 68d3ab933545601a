import { z } from 'zod';
import { isHostName, isWithin, normalHost, PLATFORM_DOMAIN, publicSuffixOf } from '../../api/host-name.ts';
import { MAX_CLAIM_NAME } from '../../api/limits.ts';

/** Leaves room for `<claim>.<namespace>.` within the 253 characters of a host name. */
const MAX_SUFFIX = 253 - MAX_CLAIM_NAME - 63 - 2;
/** Domains of Services in the management cluster: a name there leads into the platform, not to it. */
const SERVICES = ['svc', PLATFORM_DOMAIN];

/** A domain, in lower case and without dots at its ends, however it is written. */
const domainName = z
  .string()
  .transform(normalHost)
  .refine(isHostName, 'is not a domain such as k8s.example.com')
  .refine(host => !SERVICES.some(domain => isWithin(host, domain)), 'is a domain of Services inside the platform');

export const domain = z.strictObject({
  /** Suffix of default API host names. */
  suffix: domainName
    .refine(host => host.length <= MAX_SUFFIX, `is longer than ${MAX_SUFFIX} characters: no name fits before it`)
    .refine(host => !isRegistry(host), 'is a public suffix: names under it belong to whoever registers them'),
  /** Domains tenants' own host names must be under; empty means any public host. */
  allowed: z.array(domainName),
  /** Names that no tenant gets, nor anything under them. */
  reserved: z.array(domainName),
  ingressClass: z.string().regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, 'is not the name of an ingress class'),
});

/** A platform may have its own suffix on the private part of the list, which keeps tenants' cookies apart. */
function isRegistry(host: string): boolean {
  const { suffix, section } = publicSuffixOf(host);
  return suffix === host && section === 'icann';
}
