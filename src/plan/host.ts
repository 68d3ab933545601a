import type { ClusterId } from '../api/names.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Problem } from './problem.ts';

const HOST = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** The API's public host name: the tenant's, or one that cannot collide because labels hold no dots (H82). */
export function planHost(
  asked: string | undefined,
  cluster: ClusterId,
  catalog: Catalog,
): { host: string; problems: Problem[] } {
  if (!asked) return { host: `${cluster.name}.${cluster.namespace}.${catalog.domain.suffix}`, problems: [] };
  const host = asked.toLowerCase();
  if (!HOST.test(host))
    return {
      host,
      problems: [problem('InvalidField', `${asked} is not a host name`, 'use for example api.example.com')],
    };
  if (!allowed(host, cluster, catalog)) {
    return {
      host,
      problems: [
        problem(
          'HostNotAllowed',
          `${host} is not under a domain this platform allows`,
          `use a name under ${catalog.domain.allowed.join(', ')}`,
        ),
      ],
    };
  }
  return { host, problems: [] };
}

/** The refusal when another cluster holds the name. */
export function hostTaken(host: string): Problem {
  return problem(
    'HostTaken',
    `${host} belongs to another cluster`,
    'choose another host name, or delete the cluster that holds it',
  );
}

/** Names under the platform's own suffix carry the tenant's namespace, or one tenant could take another's default. */
function allowed(host: string, cluster: ClusterId, catalog: Catalog): boolean {
  const under = (suffix: string) => host.endsWith(`.${suffix}`);
  if (under(catalog.domain.suffix)) return under(`${cluster.namespace}.${catalog.domain.suffix}`);
  return catalog.domain.allowed.length === 0 || catalog.domain.allowed.some(under);
}

function problem(code: Problem['code'], message: string, remedy: string): Problem {
  return { code, path: 'spec.host', message, remedy };
}
