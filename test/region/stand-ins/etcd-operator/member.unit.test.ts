import { expect, test } from 'vitest';
import { at, list } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import { memberClaim, memberNames, memberPod, sharedObjects } from './member.ts';
import { localArgument } from './member-runtime.ts';
import { healthConditions } from './status.ts';

const spread = [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' }];
const cluster: KubeObject = {
  apiVersion: 'etcd-operator.cozystack.io/v1alpha2',
  kind: 'EtcdCluster',
  metadata: { name: 'etcd', namespace: 'acme', uid: 'u1' },
  spec: {
    replicas: 3,
    version: '3.6.11',
    storage: { size: '4Gi', storageClassName: 'local' },
    topologySpreadConstraints: spread,
    tls: {
      client: { serverSecretRef: { name: 'server' }, operatorClientSecretRef: { name: 'client' } },
      peer: { secretRef: { name: 'peer' } },
    },
  },
};
const names = memberNames(cluster, 3);
const pod = memberPod(cluster, names[0] ?? '', names);
const command = list(at(pod, 'spec', 'containers', 0, 'command'));

test('members keep their names over reconciles', () => {
  expect(memberNames(cluster, 3)).toEqual(names);
  expect(new Set(names).size).toBe(3);
});

test('a member knows all others by their in-cluster names', () => {
  expect(command).toContain(
    `--initial-cluster=${names.map(name => `${name}=https://${name}.etcd.acme.svc:2380`).join(',')}`,
  );
});

test("placement is the cluster's own, for the scheduler to decide", () => {
  expect(at(pod, 'spec', 'topologySpreadConstraints')).toEqual(spread);
  expect(at(pod, 'spec', 'nodeName')).toBeUndefined();
});

test('the Secrets named in the spec are mounted, and clients must show a certificate', () => {
  const secrets = list(at(pod, 'spec', 'volumes')).flatMap(volume => at(volume, 'secret', 'secretName') ?? []);
  expect(secrets).toEqual(['server', 'peer']);
  expect(command).toContain('--client-cert-auth=true');
});

test('a member has a claim of the asked class; a member in memory has none', () => {
  expect(at(memberClaim(cluster, 'etcd-a'), 'spec', 'storageClassName')).toBe('local');
  const inMemory = { ...cluster, spec: { ...cluster.spec, storage: { medium: 'Memory' } } };
  expect(memberClaim(inMemory, 'etcd-a')).toBeUndefined();
});

test('the disruption budget leaves a quorum', () => {
  const budget = sharedObjects(cluster, 3).find(object => object.kind === 'PodDisruptionBudget');
  expect(at(budget, 'spec', 'maxUnavailable')).toBe(1);
});

test('a command line is changed only where this machine differs', () => {
  const ports = new Map([[2379, 40001]]);
  const path = (file: string) => `/tmp${file}`;
  expect(localArgument('--listen-client-urls=https://0.0.0.0:2379', ports, path)).toBe(
    '--listen-client-urls=https://127.0.0.1:40001',
  );
  expect(localArgument('--peer-cert-file=/etc/etcd/tls/peer/tls.crt', ports, path)).toBe(
    '--peer-cert-file=/tmp/etc/etcd/tls/peer/tls.crt',
  );
  expect(localArgument('--client-cert-auth=true', ports, path)).toBe('--client-cert-auth=true');
});

test('health is told by the quorum', () => {
  const available = (ready: number) => healthConditions({ ready, desired: 3 }).find(({ type }) => type === 'Available');
  expect(available(3)).toMatchObject({ status: 'True', reason: 'QuorumHealthy' });
  expect(available(2)).toMatchObject({ status: 'True', reason: 'QuorumAvailable' });
  expect(available(1)).toMatchObject({ status: 'False', reason: 'QuorumLost' });
});
