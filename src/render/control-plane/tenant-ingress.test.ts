import { expect, test } from 'vitest';
import { at, listAt } from '../../base/json.ts';
import { INGRESS_NODE_PORTS } from '../../base/ports.ts';
import { tenantIngress } from './tenant-ingress.ts';

const rendered = tenantIngress(
  { namespace: 'acme', name: 'shop' },
  { hosts: ['a.example.com', 'b.example.com'], ingressClass: 'nginx' },
);
const paths = (part: string) =>
  listAt(rendered.get(part), 'spec', 'rules').map(rule => [
    at(rule, 'host'),
    at(rule, 'http', 'paths', 0, 'path'),
    at(rule, 'http', 'paths', 0, 'backend', 'service', 'port', 'name'),
  ]);

test('H65 every host passes its TLS to the cluster', () => {
  expect(paths('ingress-tls')).toEqual([
    ['a.example.com', '/', 'https'],
    ['b.example.com', '/', 'https'],
  ]);
  expect(
    at(rendered.get('ingress-tls'), 'metadata', 'annotations', 'nginx.ingress.kubernetes.io/ssl-passthrough'),
  ).toBe('true');
});

test('H20 the challenges of Let’s Encrypt arrive by plain HTTP', () => {
  expect(paths('ingress-acme')).toEqual([
    ['a.example.com', '/.well-known/acme-challenge', 'http'],
    ['b.example.com', '/.well-known/acme-challenge', 'http'],
  ]);
  expect(at(rendered.get('ingress-acme'), 'metadata', 'annotations', 'nginx.ingress.kubernetes.io/ssl-redirect')).toBe(
    'false',
  );
});

test('traffic goes to the node ports of the machines of this cluster alone', () => {
  expect(at(rendered.get('ingress-service'), 'spec', 'selector')).toEqual({
    'hikube.cloud/cluster': 'shop',
    'kubevirt.io': 'virt-launcher',
  });
  expect(listAt(rendered.get('ingress-service'), 'spec', 'ports').map(port => at(port, 'targetPort'))).toEqual([
    INGRESS_NODE_PORTS.http,
    INGRESS_NODE_PORTS.https,
  ]);
});
