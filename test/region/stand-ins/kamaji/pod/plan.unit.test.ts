import { describe, expect, test } from 'vitest';
import { at, list, obj, str } from '../../../json.ts';
import type { KubeObject } from '../../../kube.ts';
import { tenantDeployment } from '../deployment.ts';
import { type ContainerPlan, planContainers, portsOf } from './plan.ts';

const tenant = (version: string): KubeObject => ({
  apiVersion: 'kamaji.clastix.io/v1alpha1',
  kind: 'TenantControlPlane',
  metadata: { name: 'demo', namespace: 'acme', uid: '1' },
  spec: {
    kubernetes: {
      version,
      admissionControllers: ['NodeRestriction'],
      kubelet: { preferredAddressTypes: ['InternalIP'] },
    },
    addons: { konnectivity: { server: { port: 8132 }, agent: {} } },
    controlPlane: { deployment: { replicas: 3, extraArgs: { apiServer: ['--v=4'] } } },
  },
});
const dataStore: KubeObject = {
  apiVersion: 'kamaji.clastix.io/v1alpha1',
  kind: 'DataStore',
  metadata: { name: 'store' },
  spec: { driver: 'etcd', endpoints: ['etcd.acme.svc:2379'] },
};

function podOf(version: string): KubeObject {
  const deployment = tenantDeployment(tenant(version), dataStore, { schema: 's', checksum: 'c', address: '10.96.1.2' });
  const template = at(deployment, 'spec', 'template');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'demo-1', namespace: 'acme' },
    spec: obj(at(template, 'spec')),
  };
}

const ports = new Map([
  [6443, 40001],
  [10259, 40002],
  [10257, 40003],
]);
const hostPath = (container: string, path: string) => `/pods/${container}${path}`;
const plansOf = (pod: KubeObject): ContainerPlan[] => planContainers(pod, ports, hostPath);
const plan = (name: string): ContainerPlan => {
  const found = plansOf(podOf('v1.34.2')).find(entry => entry.name === name);
  if (!found) throw new Error(`cannot find a plan for ${name}`);
  return found;
};

test('a control plane is its three programs; the tunnel takes its room and is not run', () => {
  const pod = podOf('v1.34.2');
  expect(plansOf(pod).map(({ name }) => name)).toEqual(['kube-apiserver', 'kube-scheduler', 'kube-controller-manager']);
  expect(list(at(pod, 'spec', 'containers')).map(entry => at(entry, 'name'))).toContain('konnectivity-server');
  expect(portsOf(pod)).toEqual([6443, 10259, 10257]);
});

test.each(['v1.33.0', 'v1.34.2', 'v1.36.1'])('all programs of %s behave as its minor', version => {
  const minor = version.slice(1, 5);
  for (const { args } of plansOf(podOf(version))) expect(args).toContain(`--emulated-version=kube=${minor}`);
});

test('no argument of a container is left out but the two that would cost each controller manager file watchers', () => {
  const left = list(at(podOf('v1.34.2'), 'spec', 'containers'))
    .slice(0, 3)
    .flatMap(container => {
      const name = str(at(container, 'name')) ?? '';
      const flags = plan(name).args.map(arg => arg.split('=')[0]);
      const asked = list(at(container, 'args')).map(arg => String(arg).split('=')[0] ?? '');
      const renamed = asked.map(flag => flag.replace('--cluster-signing-', '--cluster-signing-kubelet-client-'));
      return renamed.filter(flag => !flags.includes(flag)).map(flag => `${name} ${flag}`);
    });
  expect(left).toEqual([
    'kube-controller-manager --client-ca-file',
    'kube-controller-manager --requestheader-client-ca-file',
  ]);
});

test('files are those of the mounts, ports those of this machine, and all listen on it alone', () => {
  expect(plan('kube-apiserver').args).toEqual(
    expect.arrayContaining([
      '--secure-port=40001',
      '--bind-address=127.0.0.1',
      '--client-ca-file=/pods/kube-apiserver/etc/kubernetes/pki/ca.crt',
      '--etcd-cafile=/pods/kube-apiserver/etc/kubernetes/pki/etcd/ca.crt',
      '--etcd-prefix=/s',
      '--etcd-servers=https://etcd.acme.svc:2379',
      '--enable-admission-plugins=NodeRestriction',
      '--v=4',
    ]),
  );
  expect(plan('kube-scheduler').args).toEqual(
    expect.arrayContaining([
      '--secure-port=40002',
      '--bind-address=127.0.0.1',
      '--leader-elect=true',
      '--kubeconfig=/pods/kube-scheduler/etc/kubernetes/scheduler.conf',
    ]),
  );
  expect(plan('kube-controller-manager').kubeconfigs).toEqual([
    '/pods/kube-controller-manager/etc/kubernetes/controller-manager.conf',
  ]);
  for (const { args } of plansOf(podOf('v1.34.2'))) expect(args).not.toContain('--bind-address=0.0.0.0');
});

describe('probes are those of the Pod by the ports of this machine', () => {
  test('of the API server', () => {
    expect(plan('kube-apiserver')).toMatchObject({
      startup: { url: 'https://127.0.0.1:40001/livez' },
      readiness: { url: 'https://127.0.0.1:40001/readyz' },
      liveness: { url: 'https://127.0.0.1:40001/livez', periodMs: 10_000, failures: 3 },
    });
  });

  test('of the others, which have none for readiness', () => {
    expect(plan('kube-controller-manager').startup?.url).toBe('https://127.0.0.1:40003/healthz');
    expect(plan('kube-scheduler').liveness?.url).toBe('https://127.0.0.1:40002/healthz');
    expect(plan('kube-scheduler').readiness).toBeUndefined();
  });
});
