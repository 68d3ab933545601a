/**
 * Domains that lead nowhere in public DNS, or into somebody's own network: RFC 6761 (example, invalid, localhost, test),
 * 6762 (local), 7686 (onion), 8375 and 3172 (arpa), 9476 (alt); internal by resolution of ICANN's board of 2024-07-29;
 * svc is Kubernetes' own.
 */
export const SPECIAL_USE = [
  'alt',
  'arpa',
  'example',
  'internal',
  'invalid',
  'local',
  'localhost',
  'onion',
  'svc',
  'test',
] as const;
