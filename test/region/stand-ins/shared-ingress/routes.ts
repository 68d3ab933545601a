import { at, list, num, str } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';

/** Class of the platform's shared ingress controller. */
export const INGRESS_CLASS = 'nginx';

/** Where a request goes on to. */
export interface Backend {
  namespace: string;
  service: string;
  port: number | string;
}

/** What plain HTTP gets: another program's answer, or the advice to use TLS. */
export type PlainRoute = { backend: Backend } | { redirect: true };

/** The Ingresses this controller serves, oldest first: of two that ask for the same, it is the older one's. */
export function served(ingresses: KubeObject[]): KubeObject[] {
  const age = ({ metadata }: KubeObject): string => metadata.creationTimestamp ?? '';
  return ingresses
    .filter(ingress => at(ingress, 'spec', 'ingressClassName') === INGRESS_CLASS)
    .toSorted((a, b) => age(a).localeCompare(age(b), 'en'));
}

/**
 * Where TLS for a host name passes through to. As in ingress-nginx only the path `/` counts, and names are compared as
 * they are: a wildcard is no name that passes through.
 */
export function passThrough(host: string, ingresses: KubeObject[]): Backend | undefined {
  const passing = served(ingresses).filter(ingress => isTrue(ingress, 'ssl-passthrough'));
  return pathsOf(host, passing).find(({ path }) => path === '/')?.backend;
}

/** Where plain HTTP for a host name and path goes: by the longest prefix. */
export function plain(host: string, path: string, ingresses: KubeObject[]): PlainRoute | undefined {
  const matching = pathsOf(host, served(ingresses))
    .filter(entry => isPrefix(entry.path, path))
    .toSorted((a, b) => b.path.length - a.path.length);
  const [best] = matching;
  if (!best) return undefined;
  const toTls = isTrue(best.ingress, 'force-ssl-redirect') || isTrue(best.ingress, 'ssl-passthrough');
  return toTls ? { redirect: true } : { backend: best.backend };
}

/** Every host and path an Ingress asks for. */
export function claimedPaths(ingress: KubeObject): { host: string; path: string }[] {
  return list(at(ingress, 'spec', 'rules')).flatMap(rule =>
    list(at(rule, 'http', 'paths')).map(entry => ({
      host: (str(at(rule, 'host')) ?? '').toLowerCase(),
      path: str(at(entry, 'path')) ?? '/',
    })),
  );
}

function pathsOf(host: string, ingresses: KubeObject[]) {
  return ingresses.flatMap(ingress =>
    list(at(ingress, 'spec', 'rules'))
      .filter(rule => str(at(rule, 'host'))?.toLowerCase() === host)
      .flatMap(rule => list(at(rule, 'http', 'paths')))
      .flatMap(entry => {
        const backend = at(entry, 'backend', 'service');
        const port = num(at(backend, 'port', 'number')) ?? str(at(backend, 'port', 'name'));
        const service = str(at(backend, 'name'));
        if (port === undefined || service === undefined) return [];
        const { namespace = '' } = ingress.metadata;
        return [{ ingress, path: str(at(entry, 'path')) ?? '/', backend: { namespace, service, port } }];
      }),
  );
}

/** By whole elements: `/a` is a prefix of `/a/b`, not of `/ab`. */
function isPrefix(prefix: string, path: string): boolean {
  const bare = prefix.replace(/\/$/, '');
  return path === bare || path.startsWith(`${bare}/`);
}

function isTrue(ingress: KubeObject, annotation: string): boolean {
  return ingress.metadata.annotations?.[`nginx.ingress.kubernetes.io/${annotation}`] === 'true';
}
