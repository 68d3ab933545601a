import { expect, test } from 'vitest';
import { at } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { controlPlaneEndpoint, tenantControlPlane } from './provider-spec.ts';

const controlPlane = (network: object = {}, more: object = {}): KubeObject => ({
  apiVersion: 'controlplane.cluster.x-k8s.io/v1alpha2',
  kind: 'KamajiControlPlane',
  metadata: { name: 'shop', namespace: 'acme-x', uid: '1', labels: { team: 'a' } },
  spec: { version: '1.34.2', replicas: 3, dataStoreName: 'store', network, ...more },
});
const cluster: KubeObject = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  metadata: { name: 'shop', namespace: 'acme-x' },
  spec: {
    clusterNetwork: {
      pods: { cidrBlocks: ['10.1.0.0/16'] },
      services: { cidrBlocks: ['10.2.0.0/16'] },
      apiServerPort: 7443,
    },
  },
};

test('networks and port come from the Cluster, everything else from the control plane', () => {
  const tenant = tenantControlPlane(controlPlane({ serviceType: 'ClusterIP', certSANs: ['api.example.org'] }), cluster);
  expect(at(tenant, 'spec', 'networkProfile')).toEqual({
    port: 7443,
    podCidr: '10.1.0.0/16',
    serviceCidr: '10.2.0.0/16',
    certSANs: ['api.example.org'],
  });
  expect(at(tenant, 'spec', 'controlPlane', 'deployment', 'replicas')).toBe(3);
  expect(at(tenant, 'spec', 'controlPlane', 'service', 'serviceType')).toBe('ClusterIP');
  expect(tenant.metadata.labels).toEqual({ team: 'a' });
});

test('a version without its v gets one', () => {
  expect(at(tenantControlPlane(controlPlane(), cluster), 'spec', 'kubernetes', 'version')).toBe('v1.34.2');
});

test('the default schema joins namespace and name with underscores', () => {
  expect(at(tenantControlPlane(controlPlane(), cluster), 'spec', 'dataStoreSchema')).toBe('acme_x_shop');
});

test('a SAN with a port is refused, an IPv6 address is not', () => {
  expect(() => tenantControlPlane(controlPlane({ certSANs: ['api.example.org:443'] }), cluster)).toThrow(/host only/);
  expect(() => tenantControlPlane(controlPlane({ certSANs: ['fd00::1'] }), cluster)).not.toThrow();
});

test("an ingress host replaces the Service's endpoint and is added to the certificate", () => {
  const withIngress = controlPlane({ ingress: { hostname: 'api.example.org' } });
  expect(controlPlaneEndpoint(withIngress, '127.0.0.1:6443')).toEqual({ host: 'api.example.org', port: 443 });
  expect(at(tenantControlPlane(withIngress, cluster), 'spec', 'networkProfile', 'certSANs')).toEqual([
    'api.example.org',
  ]);
  expect(controlPlaneEndpoint(controlPlane(), '127.0.0.1:40001')).toEqual({ host: '127.0.0.1', port: 40001 });
});
