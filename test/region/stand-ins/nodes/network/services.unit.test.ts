import { expect, test } from 'vitest';
import type { KubeObject } from '../../../kube.ts';
import { clusterName, resolveTargets } from './services.ts';

const service = (name: string, spec: KubeObject['spec'] & object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'acme' },
  spec,
});
const slice = (of: string, endpoints: object[], port: object): KubeObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${of}-x`, namespace: 'acme', labels: { 'kubernetes.io/service-name': of } },
  endpoints,
  ports: [port],
});
const endpoints = [
  { addresses: ['10.128.0.1'], hostname: 'etcd-a', conditions: { ready: true } },
  { addresses: ['10.128.0.2'], hostname: 'etcd-b', conditions: { ready: false } },
];
const services = [
  service('etcd', { clusterIP: 'None', ports: [{ name: 'peer', port: 2380 }] }),
  service('api', { clusterIP: '10.96.0.7', ports: [{ name: 'https', port: 443 }] }),
];
const slices = [
  slice('etcd', endpoints, { name: 'peer', port: 2380 }),
  slice('api', [{ addresses: ['10.128.0.9'], conditions: { ready: true } }], { name: 'https', port: 6443 }),
];
const resolve = (host: string, port: number) => resolveTargets(host, port, services, slices);

test('a name is read with and without the cluster domain', () => {
  expect(clusterName('api.acme.svc')).toEqual({ service: 'api', namespace: 'acme' });
  expect(clusterName('a.etcd.acme.svc.cluster.local.')).toEqual({ pod: 'a', service: 'etcd', namespace: 'acme' });
  expect(clusterName('example.org')).toBeUndefined();
});

test("a Service's port leads to the Pods' port, by name and by address", () => {
  expect(resolve('api.acme.svc', 443)).toEqual([{ ip: '10.128.0.9', port: 6443 }]);
  expect(resolve('10.96.0.7', 443)).toEqual([{ ip: '10.128.0.9', port: 6443 }]);
  expect(resolve('api.acme.svc', 80)).toEqual([]);
});

test('a headless name leads to ready Pods, one of them by its host name', () => {
  expect(resolve('etcd.acme.svc', 2379)).toEqual([{ ip: '10.128.0.1', port: 2379 }]);
  expect(resolve('etcd-a.etcd.acme.svc', 2380)).toEqual([{ ip: '10.128.0.1', port: 2380 }]);
  expect(resolve('etcd-b.etcd.acme.svc', 2380)).toEqual([]);
});

test('a Pod is reached by its own address', () => {
  expect(resolve('10.128.0.2', 2380)).toEqual([{ ip: '10.128.0.2', port: 2380 }]);
});
