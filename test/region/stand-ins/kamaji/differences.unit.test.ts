import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { at, list, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { missingSecret } from './datastore-controller.ts';
import { tenantDeployment } from './deployment.ts';
import { finalizersOf, INSIDE_FINALIZER, STORAGE_FINALIZER } from './finalizers.ts';
import { tunnelAgents } from './konnectivity.ts';
import { kubeadmObjects } from './kubeadm.ts';

// What was seen of Kamaji's newest revision where the stand-in once did otherwise; each names the place it follows.

const ENDPOINT = '10.96.1.2:6443';

const tenant = (spec: object = {}, annotations: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'kamaji.clastix.io/v1alpha1',
  kind: 'TenantControlPlane',
  metadata: { name: 'demo', namespace: 'acme', uid: '1', annotations },
  spec: { kubernetes: { version: 'v1.35.6' }, controlPlane: { deployment: { replicas: 3 } }, ...spec },
});
const dataStore = (name = 'store'): KubeObject => ({
  apiVersion: 'kamaji.clastix.io/v1alpha1',
  kind: 'DataStore',
  metadata: { name },
  spec: {
    driver: 'etcd',
    endpoints: ['etcd.acme.svc:2379'],
    tlsConfig: {
      certificateAuthority: {
        certificate: { secretReference: { name: 'ca', namespace: 'acme', keyPath: 'tls.crt' } },
        privateKey: { secretReference: { name: 'ca', namespace: 'acme', keyPath: 'tls.key' } },
      },
      clientCertificate: {
        certificate: { secretReference: { name: 'client', namespace: 'acme', keyPath: 'tls.crt' } },
        privateKey: { secretReference: { name: 'client', namespace: 'acme', keyPath: 'tls.key' } },
      },
    },
  },
});

describe('cluster-info sends machines to', () => {
  test.each([
    ['the endpoint by default (tenant_client.go:48)', {}, `https://${ENDPOINT}`],
    [
      'the name of the Service when the annotation chooses such a kubeconfig (bootstraptoken.go:50)',
      { 'kamaji.clastix.io/kubeconfig-secret-key': 'super-admin.svc' },
      'https://demo.acme.svc:6443',
    ],
  ])('%s', (_, annotations, server) => {
    const info = named('cluster-info', kubeadmObjects(tenant({}, annotations), 'PEM', ENDPOINT));
    expect(at(parse(info.data?.kubeconfig ?? ''), 'clusters', 0, 'cluster', 'server')).toBe(server);
  });
});

test('API servers may talk to kubelets (bootstraptoken.go:43)', () => {
  const binding = named('kubeadm:apiserver-kubelet-client', kubeadmObjects(tenant(), 'PEM', ENDPOINT));
  expect(binding).toMatchObject({
    kind: 'ClusterRoleBinding',
    roleRef: { name: 'system:kubelet-api-admin' },
    subjects: [{ kind: 'User', name: 'kube-apiserver-kubelet-client' }],
  });
});

test('kubelets ask the API servers whom to let in (uploadconfig.go, getKubeletConfigmapContent)', () => {
  const config = named('kubelet-config', kubeadmObjects(tenant(), 'PEM', ENDPOINT));
  expect(parse(config.data?.kubelet ?? '')).toMatchObject({
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
    authorization: { mode: 'Webhook' },
    rotateCertificates: true,
  });
});

describe('the Deployment', () => {
  const pod = (store: KubeObject) =>
    at(tenantDeployment(tenant(), store, { schema: 's', checksum: 'c', address: '10.96.1.2' }), 'spec', 'template');

  test("carries the DataStore's name uncut, however long (deployment.go:1116)", () => {
    const name = 'x'.repeat(70);
    expect(at(pod(dataStore(name)), 'metadata', 'labels', 'component.kamaji.clastix.io/datastore')).toBe(name);
  });

  test('leaves it to the ServiceAccount whether its token is mounted (deployment.go:1224)', () => {
    expect(at(pod(dataStore()), 'spec', 'automountServiceAccountToken')).toBeUndefined();
  });
});

test.each([
  ['takes the version of its minor', {}, ':v0.35.0'],
  ['or the one it is given', { version: 'v0.34.0' }, ':v0.34.0'],
])("the tunnel's agent %s (konnectivity_server.go, serverVersion)", (_, agent, tag) => {
  const asked = tenant({ addons: { konnectivity: { server: { port: 8132 }, agent } } });
  const daemons = tunnelAgents(asked).find(({ kind }) => kind === 'DaemonSet');
  const image = at(list(at(daemons, 'spec', 'template', 'spec', 'containers'))[0], 'image');
  expect(str(image)).toMatch(new RegExp(`${tag.replaceAll('.', '\\.')}$`));
});

describe('a DataStore is valid (datastore_controller.go:440)', () => {
  const holding = (...names: string[]): Pick<Kube, 'get'> => ({
    get: async (_kind, name, namespace) =>
      names.includes(`${namespace}/${name}`)
        ? { apiVersion: 'v1', kind: 'Secret', metadata: { name, ...(namespace && { namespace }) } }
        : undefined,
  });

  test('by its Secrets being there, whatever is in them', async () => {
    expect(await missingSecret(holding('acme/ca', 'acme/client'), dataStore())).toBeUndefined();
  });

  test('and not without one of them', async () => {
    expect(await missingSecret(holding('acme/ca'), dataStore())).toBe('secret acme/client is not found');
  });
});

test('while a tenant sleeps, only what etcd holds is held', () => {
  expect(finalizersOf(tenant())).toEqual([STORAGE_FINALIZER, INSIDE_FINALIZER]);
  const asleep = tenant({ controlPlane: { deployment: { replicas: 0 } } });
  asleep.metadata.finalizers = ['other', STORAGE_FINALIZER, INSIDE_FINALIZER];
  expect(finalizersOf(asleep)).toEqual(['other', STORAGE_FINALIZER]);
});

function named(name: string, objects: KubeObject[]): KubeObject {
  const found = objects.find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`cannot find ${name}`);
  return found;
}
