import { at, list, num, str } from '../../../json.ts';
import type { Kube, KubeObject } from '../../../kube.ts';
import type { Log } from '../../../log.ts';

/** A Pod's address and port. */
export interface Target {
  ip: string;
  port: number;
}

/** Resolves in-cluster names and addresses as cluster DNS and kube-proxy do together. */
export interface ServiceDirectory {
  resolve(host: string, port: number): Target[];
  stop(): void;
}

/** Follows Services and the EndpointSlices the real controller manager writes for them. */
export function watchServices(kube: Kube, log: Log): ServiceDirectory {
  const services = new Map<string, KubeObject>();
  const slices = new Map<string, KubeObject>();
  const follow = (kind: 'v1/Service' | 'discovery.k8s.io/v1/EndpointSlice', into: Map<string, KubeObject>) =>
    kube.watch(
      kind,
      ({ type, object }) => {
        const key = `${object.metadata.namespace}/${object.metadata.name}`;
        if (type === 'DELETED') into.delete(key);
        else into.set(key, object);
      },
      { log },
    );
  const stops = [follow('v1/Service', services), follow('discovery.k8s.io/v1/EndpointSlice', slices)];
  return {
    resolve: (host, port) => resolveTargets(host, port, [...services.values()], [...slices.values()]),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Where a connection to `host:port` may go, in random order; the pure part of the directory. */
export function resolveTargets(host: string, port: number, services: KubeObject[], slices: KubeObject[]): Target[] {
  if (/^[\d.]+$/.test(host)) {
    const service = services.find(entry => at(entry, 'spec', 'clusterIP') === host);
    return service ? throughService(service, port, undefined, slices) : [{ ip: host, port }];
  }
  const name = clusterName(host);
  const service = services.find(
    entry => entry.metadata.namespace === name?.namespace && entry.metadata.name === name?.service,
  );
  return service && name ? throughService(service, port, name.pod, slices) : [];
}

/** The parts of `[pod.]service.namespace.svc[.cluster.local]`, or undefined for another name. */
export function clusterName(host: string): { service: string; namespace: string; pod?: string } | undefined {
  const labels = host
    .replace(/\.$/, '')
    .replace(/\.cluster\.local$/, '')
    .split('.');
  if (labels.pop() !== 'svc') return undefined;
  const [namespace, service, pod] = labels.reverse();
  if (!service || !namespace || labels.length > 3) return undefined;
  return { service, namespace, ...(pod && { pod }) };
}

function throughService(service: KubeObject, port: number, pod: string | undefined, slices: KubeObject[]): Target[] {
  const headless = at(service, 'spec', 'clusterIP') === 'None';
  const portName = list(at(service, 'spec', 'ports')).find(entry => at(entry, 'port') === port);
  // A headless name resolves to Pod addresses, so the port is the Pod's own, listed in the Service or not.
  if (!headless && portName === undefined) return [];
  const own = slices.filter(
    slice =>
      slice.metadata.namespace === service.metadata.namespace &&
      slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
  );
  const targets = own.flatMap(slice => {
    const named = list(slice.ports).find(entry => (at(entry, 'name') ?? '') === (at(portName, 'name') ?? ''));
    const target = headless ? port : num(at(named, 'port'));
    if (target === undefined) return [];
    return list(slice.endpoints)
      .filter(endpoint => at(endpoint, 'conditions', 'ready') !== false)
      .filter(endpoint => pod === undefined || at(endpoint, 'hostname') === pod)
      .flatMap(endpoint => list(at(endpoint, 'addresses')).flatMap(ip => str(ip) ?? []))
      .map(ip => ({ ip, port: target }));
  });
  return shuffle(targets);
}

function shuffle<T>(items: T[]): T[] {
  return items
    .map(item => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
