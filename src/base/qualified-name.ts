const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether Kubernetes takes a text as the key of a label or taint: a name, perhaps with a domain before it. */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) return NAME.test(key);
  return slash <= 253 && SUBDOMAIN.test(key.slice(0, slash)) && NAME.test(key.slice(slash + 1));
}
