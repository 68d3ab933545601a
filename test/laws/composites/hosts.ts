import { listAt, stringAt } from '../../../src/base/json.ts';
import { names } from '../../../src/base/names.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import type { SimulatedComposite } from '../../../src/simulate/index.ts';
import type { CompositeLaw } from './types.ts';

/** A host without a reservation could be another cluster's; one with two places ends Crossplane's rounds. */
export const hosts: CompositeLaw = {
  fact: 'uses a host only with its reservation, and for one thing',
  violations: composite => [...unreserved(composite), ...twice(composite)],
  broken: composite => {
    const desired = [...composite.output.desired].filter(([, { object }]) => object.kind !== 'HostReservation');
    return { ...composite, output: { ...composite.output, desired: new Map(desired) } };
  },
};

function unreserved({ output }: SimulatedComposite): string[] {
  const objects = [...output.desired.values()].map(({ object }) => object);
  const held = objects.flatMap(({ kind, metadata, spec }) => {
    const host = kind === 'HostReservation' ? stringAt(spec, 'host') : undefined;
    return host !== undefined && metadata.name === names.hostReservation(host) ? [host] : [];
  });
  const plane = objects.find(({ kind }) => kind === 'HikubeControlPlane');
  const used = [stringAt(plane, 'spec', 'endpoint', 'host'), ...listAt(plane, 'spec', 'ingress', 'hosts')];
  return used.filter(host => typeof host === 'string' && !held.includes(host)).map(host => `no reservation of ${host}`);
}

function twice({ output }: SimulatedComposite): string[] {
  const [api] = hostsOf(output.desired.get('api-ingress')?.object);
  const sites = hostsOf(output.desired.get('ingress-tls')?.object);
  const doubled = sites.filter((host, index) => host === api || sites.indexOf(host) !== index);
  return doubled.map(host => `${host} stands twice`);
}

function hostsOf(ingress: KubeObject | undefined): string[] {
  return listAt(ingress, 'spec', 'rules').flatMap(rule => stringAt(rule, 'host') ?? []);
}
