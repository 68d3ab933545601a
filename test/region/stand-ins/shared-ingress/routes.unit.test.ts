import { expect, test } from 'vitest';
import type { KubeObject } from '../../kube.ts';
import { overlap } from './admission.ts';
import { passThrough, plain } from './routes.ts';

const PASS = { 'nginx.ingress.kubernetes.io/ssl-passthrough': 'true' };
const ingress = (name: string, host: string, path: string, annotations: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace: 'acme', annotations, creationTimestamp: `2026-01-0${name.length}T00:00:00Z` },
  spec: {
    ingressClassName: 'nginx',
    rules: [{ host, http: { paths: [{ path, backend: { service: { name, port: { number: 443 } } } }] } }],
  },
});
const to = (service: string) => ({ namespace: 'acme', service, port: 443 });

test('TLS of a name passes through where an Ingress asks for it', () => {
  const all = [ingress('api', 'api.example.org', '/', PASS), ingress('web', 'web.example.org', '/')];
  expect(passThrough('api.example.org', all)).toEqual(to('api'));
  expect(passThrough('web.example.org', all)).toBeUndefined();
  expect(passThrough('other.example.org', all)).toBeUndefined();
});

test('a wildcard passes nothing through, nor does an Ingress of another class', () => {
  const foreign = ingress('x', 'a.example.org', '/', PASS);
  foreign.spec = { ...foreign.spec, ingressClassName: 'other' };
  expect(passThrough('a.example.org', [ingress('wild', '*.example.org', '/', PASS), foreign])).toBeUndefined();
});

test('of two Ingresses for one name the older one wins', () => {
  const all = [ingress('younger', 'a.example.org', '/', PASS), ingress('old', 'a.example.org', '/', PASS)];
  expect(passThrough('a.example.org', all)).toEqual(to('old'));
});

test('plain HTTP goes by the longest prefix, and to TLS where only TLS is served', () => {
  const all = [ingress('tls', 'a.example.org', '/', PASS), ingress('acme', 'a.example.org', '/.well-known/acme')];
  expect(plain('a.example.org', '/.well-known/acme/token', all)).toEqual({ backend: to('acme') });
  expect(plain('a.example.org', '/.well-known/acmex', all)).toEqual({ redirect: true });
  expect(plain('b.example.org', '/', all)).toBeUndefined();
});

test('a host and path belong to one Ingress, which may be written again', () => {
  const api = ingress('api', 'a.example.org', '/', PASS);
  expect(overlap(ingress('tls', 'A.example.org', '/'), [api])).toBe(
    'host "a.example.org" and path "/" is already defined in ingress acme/api',
  );
  expect(overlap(api, [api])).toBeUndefined();
  expect(overlap(ingress('acme', 'a.example.org', '/.well-known/acme'), [api])).toBeUndefined();
});
