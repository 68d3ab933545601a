import { expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { pick, controlPlane as spec } from '../render/testing/shop.ts';
import { composeControlPlane } from './control-plane.ts';
import { allReady, childInput } from './testing/child.ts';

const endpoint = { host: 'shop.example.com', ingressClass: 'nginx' };
const input = (observed?: ReadonlyMap<string, KubeObject>, status?: JsonObject) =>
  childInput('HikubeControlPlane', { ...spec, endpoint }, observed, status);
const ready = allReady(composeControlPlane, input());
const withStatus = (part: string, status: JsonObject) => new Map([...ready, [part, { ...pick(ready, part), status }]]);

test('a new control plane has not answered yet', () => {
  const { status } = composeControlPlane(input());
  expect(status).toMatchObject({ replicas: 3, readyReplicas: 0, initialized: false });
  expect(status).not.toHaveProperty('reachable');
  expect(status).not.toHaveProperty('version');
});

test('a control plane in full readiness reports version, replicas and reach', () => {
  const output = composeControlPlane(input(ready));
  expect([...output.desired.values()].every(({ ready }) => ready)).toBe(true);
  expect(output.status).toEqual({
    version: 'v1.34.9',
    replicas: 3,
    readyReplicas: 3,
    initialized: true,
    reachable: true,
    hosts: ['shop.example.com'],
  });
});

test('once initialized it stays so, whatever becomes of the API servers', () => {
  const { status } = composeControlPlane(input(withStatus('control-plane', { ready: false }), { initialized: true }));
  expect(status.initialized).toBe(true);
});

test('a version without v is reported with it', () => {
  const { status } = composeControlPlane(input(withStatus('control-plane', { version: '1.33.13' })));
  expect(status.version).toBe('v1.33.13');
});

test('an API that does not answer is told apart from one that was not tried', () => {
  const probe = (status: string) =>
    composeControlPlane(input(withStatus('cluster', { conditions: [{ type: 'RemoteConnectionProbe', status }] })))
      .status;
  expect(probe('False').reachable).toBe(false);
  expect(probe('Unknown')).not.toHaveProperty('reachable');
});

test('the address for DNS is the one of the ingress, by number or by name', () => {
  const address = (ingress: JsonObject) =>
    composeControlPlane(input(withStatus('api-ingress', { loadBalancer: { ingress: [ingress] } }))).status.address;
  expect(address({ ip: '192.0.2.1' })).toBe('192.0.2.1');
  expect(address({ hostname: 'lb.example.com' })).toBe('lb.example.com');
});

test('the hosts of the ingress controller have an address of their own, beside that of the API', () => {
  const ingress = { hosts: ['www.example.com'], ingressClass: 'nginx' };
  const routed = childInput('HikubeControlPlane', { ...spec, ingress });
  const observed = allReady(composeControlPlane, routed);
  const published = { ...pick(observed, 'ingress-tls'), status: { loadBalancer: { ingress: [{ ip: '192.0.2.2' }] } } };
  const all = new Map([...observed, ['ingress-tls', published]]);
  const { status } = composeControlPlane(childInput('HikubeControlPlane', { ...spec, ingress }, all));
  expect(status).toMatchObject({ ingressAddress: '192.0.2.2' });
  expect(status).not.toHaveProperty('address');
});

test('the hosts of its Ingresses are told, also those the spec has left', () => {
  const gone = childInput('HikubeControlPlane', spec, ready);
  expect(composeControlPlane(gone).status).toMatchObject({ hosts: ['shop.example.com'] });
  expect(composeControlPlane(childInput('HikubeControlPlane', spec)).status).not.toHaveProperty('hosts');
});

test('the host that an Ingress is given in this very round is told too, and of which spec that is said', () => {
  const moved = { ...spec, endpoint: { ...endpoint, host: 'new.example.com' } };
  const { composite, ...rest } = childInput('HikubeControlPlane', moved, ready);
  const third = { ...composite, metadata: { ...composite.metadata, generation: 3 } };
  expect(composeControlPlane({ ...rest, composite: third }).status).toMatchObject({
    hosts: ['new.example.com', 'shop.example.com'],
    hostsAt: 3,
  });
});

test('workers that still join do not hold the control plane up', () => {
  const conditions = [
    'InfrastructureReady',
    'ControlPlaneInitialized',
    'ControlPlaneAvailable',
    'RemoteConnectionProbe',
  ];
  const cluster = {
    conditions: [
      { type: 'Available', status: 'False' },
      { type: 'WorkersAvailable', status: 'False' },
      ...conditions.map(type => ({ type, status: 'True' })),
    ],
  };
  expect(composeControlPlane(input(withStatus('cluster', cluster))).desired.get('cluster')?.ready).toBe(true);
});
