import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nodeResources } from './capacity.ts';
import { readClusterInfo } from './discovery.ts';
import { type JoinConfig, readJoinConfig } from './join-config.ts';
import { kubeletConfig } from './kubelet-config.ts';
import { parseUserData } from './user-data.ts';

const meta = { local_hostname: 'demo-general-geneva-x1', instance_id: 'demo-general-geneva-x1.acme' };

const userData = (kubeletExtraArgs: string, apiVersion = 'v1beta4') => `## template: jinja
#cloud-config

write_files:
-   path: /run/kubeadm/kubeadm-join-config.yaml
    owner: root:root
    permissions: '0640'
    content: |
      ---
      apiVersion: kubeadm.k8s.io/${apiVersion}
      kind: JoinConfiguration
      discovery:
        bootstrapToken:
          apiServerEndpoint: demo.acme.svc:6443
          caCertHashes:
          - sha256:0a
          token: abcdef.0123456789abcdef
      nodeRegistration:
        name: '{{ ds.meta_data.local_hostname }}'
        kubeletExtraArgs:
${kubeletExtraArgs}
        taints:
        - {key: dedicated, value: gpu, effect: NoSchedule}
runcmd:
  - echo before
  - kubeadm join --config /run/kubeadm/kubeadm-join-config.yaml  && echo success > /run/done
`;

const list = (args: Record<string, string>) =>
  Object.entries(args)
    .map(([name, value]) => `        - {name: ${name}, value: '${value}'}`)
    .join('\n');

const join = (args: Record<string, string>): JoinConfig => readJoinConfig(parseUserData(userData(list(args)), meta));

describe('user data', () => {
  it('is rendered with the name of the machine', () => {
    expect(join({ 'node-labels': 'a=b' })).toMatchObject({
      nodeName: 'demo-general-geneva-x1',
      endpoint: 'demo.acme.svc:6443',
      token: 'abcdef.0123456789abcdef',
      caCertHashes: ['sha256:0a'],
      taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
      kubeletArgs: { 'node-labels': 'a=b' },
    });
  });

  it('gives kubelet flags as a map before kubeadm v1beta4', () => {
    const text = userData("          node-labels: 'a=b'", 'v1beta3');
    expect(readJoinConfig(parseUserData(text, meta)).kubeletArgs).toEqual({ 'node-labels': 'a=b' });
  });

  it('shows unknown variables as cloud-init does', () => {
    const { files } = parseUserData(
      '## template: jinja\n#cloud-config\nwrite_files: [{path: /a, content: "{{ ds.meta_data.zone }}"}]',
      meta,
    );
    expect(files['/a']).toBe('CI_MISSING_JINJA_VAR/zone');
  });

  it('unpacks encoded files and appends', () => {
    const packed = gzipSync('one ').toString('base64');
    const files = `[{path: /a, content: ${packed}, encoding: gzip+base64}, {path: /a, content: two, append: true}]`;
    expect(parseUserData(`#cloud-config\nwrite_files: ${files}`, meta).files['/a']).toBe('one two');
  });

  it('that is no cloud-config is refused', () => {
    expect(() => parseUserData('#!/bin/sh\ntrue', meta)).toThrow('no cloud-config');
  });

  it('without kubeadm join joins nothing', () => {
    expect(() => readJoinConfig(parseUserData('#cloud-config\nruncmd: [reboot]', meta))).toThrow('kubeadm join');
  });
});

describe('cluster-info', () => {
  const info = (cluster: object): string => JSON.stringify({ clusters: [{ name: '', cluster }] });

  it('says whom to trust and which server the machine talks to from then on', () => {
    const cluster = { server: 'https://demo.acme.svc:6443', 'certificate-authority-data': 'UEVN' };
    expect(readClusterInfo(info(cluster))).toEqual({ ca: 'PEM', endpoint: 'demo.acme.svc:6443' });
  });

  it('without a server lets nobody join', () => {
    expect(() => readClusterInfo(info({ 'certificate-authority-data': 'UEVN' }))).toThrow('names no server');
  });
});

describe('the kubelet', () => {
  it('takes labels and taints from its flags and the join configuration', () => {
    const config = kubeletConfig(
      join({
        'node-labels': 'gpu-type=L40S,topology.kubernetes.io/zone=geneva,node.kubernetes.io/role=x',
        'register-with-taints': 'a=b:NoExecute',
        'cloud-provider': 'external',
      }),
      '',
    );
    expect(config.labels).toEqual({
      'gpu-type': 'L40S',
      'topology.kubernetes.io/zone': 'geneva',
      'node.kubernetes.io/role': 'x',
    });
    expect(config.taints.map(({ key }) => key)).toEqual([
      'a',
      'dedicated',
      'node.cloudprovider.kubernetes.io/uninitialized',
    ]);
  });

  it.each([
    'node-role.kubernetes.io/worker=',
    'kubernetes.io/role=x',
    'foo.k8s.io/a=b',
    'node-restriction.kubernetes.io/a=b',
  ])('refuses to give itself the label %s', label => {
    expect(() => kubeletConfig(join({ 'node-labels': label }), '')).toThrow('unknown');
  });

  it('may give itself labels of Cluster API, whose domain only ends alike', () => {
    expect(kubeletConfig(join({ 'node-labels': 'node.cluster.x-k8s.io/pool=a' }), '').labels).toEqual({
      'node.cluster.x-k8s.io/pool': 'a',
    });
  });

  it('lets flags win over the configuration of the cluster', () => {
    const config = kubeletConfig(join({ 'max-pods': '50' }), 'maxPods: 200\nsystemReserved: {cpu: 100m}');
    expect(config).toMatchObject({ maxPods: 50, systemReserved: { cpu: '100m' } });
  });
});

describe('the resources of a node', () => {
  const hardware = { cpu: 4, memoryBytes: 8 * 2 ** 30, diskBytes: 50 * 2 ** 30 };

  it('are its hardware less reservations and eviction thresholds', () => {
    const args = {
      'kube-reserved': 'cpu=200m,memory=409Mi',
      'system-reserved': 'cpu=200m,memory=409Mi',
      'eviction-hard': 'memory.available<7%,nodefs.available<10%',
    };
    const { capacity, allocatable } = nodeResources(hardware, kubeletConfig(join(args), ''));
    expect(capacity).toEqual({ cpu: '4', memory: '8388608Ki', 'ephemeral-storage': '52428800Ki', pods: '110' });
    expect(allocatable.cpu).toBe('3600m');
    expect(Math.floor(Number.parseInt(allocatable.memory, 10) / 1024)).toBe(6800);
    expect(allocatable['ephemeral-storage']).toBe(String(45 * 2 ** 30));
  });

  it('are none when the reservations exceed them', () => {
    const args = { 'system-reserved': 'memory=16Gi' };
    expect(() => nodeResources(hardware, kubeletConfig(join(args), ''))).toThrow('exceed');
  });
});
