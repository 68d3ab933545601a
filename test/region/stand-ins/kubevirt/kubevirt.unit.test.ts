import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../kube.ts';
import { createAuthority } from '../../pki.ts';
import { sourceFault } from './data-volume.ts';
import { checkPins, isSignedBy } from './guest/discovery.ts';
import { versionOf } from './guest-runtime.ts';
import { instancetypeConflicts, shapeOf } from './instancetype.ts';
import { launcherPod } from './launcher-pod.ts';
import { parseQuantity } from './quantity.ts';
import { instanceFor } from './virtual-machine.ts';

const machine = (domain: object, spec: object = {}): KubeObject => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: 'web', namespace: 'acme', uid: 'vm-uid' },
  spec: { runStrategy: 'Always', template: { metadata: { labels: { a: 'b' } }, spec: { domain, ...spec } } },
});
const large = {
  apiVersion: 'v1',
  kind: 'X',
  metadata: { name: 's1.large' },
  spec: { cpu: { guest: 4 }, memory: { guest: '8Gi' } },
};

describe('the shape of a machine', () => {
  it('comes from its instance type, or from its own CPU topology and memory', () => {
    expect(shapeOf(machine({}), large)).toMatchObject({ cpu: 4, memoryBytes: 8 * 2 ** 30 });
    const own = machine({ cpu: { sockets: 1, cores: 6, threads: 2 }, memory: { guest: '512Mi' } });
    expect(shapeOf(own, undefined)).toMatchObject({ cpu: 12, memoryBytes: 512 * 2 ** 20 });
  });

  it('may not be given twice, though a CPU model may stand beside an instance type', () => {
    expect(instancetypeConflicts(machine({ cpu: { model: 'host-model' } }))).toEqual([]);
    expect(instancetypeConflicts(machine({ cpu: { cores: 2 }, memory: { guest: '1Gi' } }))).toEqual([
      'spec.template.spec.domain.cpu.cores',
      'spec.template.spec.domain.memory.guest',
    ]);
  });
});

describe('the launcher Pod', () => {
  const gpus = [
    { name: 'a', deviceName: 'nvidia.com/L40S' },
    { name: 'b', deviceName: 'nvidia.com/L40S' },
  ];
  const vm = machine(
    { devices: { gpus } },
    {
      nodeSelector: { 'topology.kubernetes.io/zone': 'gland' },
      volumes: [{ name: 'system', dataVolume: { name: 'web-system' } }],
    },
  );
  const pod = launcherPod(instanceFor(vm, shapeOf(vm, large), []));

  it('stands where the machine may stand, with its disks', () => {
    expect(pod.spec).toMatchObject({
      nodeSelector: { 'topology.kubernetes.io/zone': 'gland' },
      volumes: [{ persistentVolumeClaim: { claimName: 'web-system' } }],
    });
    expect(pod.metadata.labels).toMatchObject({ a: 'b', 'kubevirt.io': 'virt-launcher' });
  });

  it('asks for the guest’s memory and some more, a tenth of its CPUs, and its cards', () => {
    expect(pod.spec).toMatchObject({
      containers: [
        {
          resources: {
            requests: { cpu: '400m', memory: String((8192 + 300) * 2 ** 20), 'nvidia.com/L40S': '2' },
            limits: { 'nvidia.com/L40S': '2' },
          },
        },
      ],
    });
  });
});

describe('what a machine boots from', () => {
  it('must name its source completely', () => {
    expect(sourceFault({ source: { registry: { url: 'docker://ghcr.io/a/node:v1.35.6' } } })).toBeUndefined();
    expect(sourceFault({ sourceRef: { kind: 'DataSource', name: 'node' } })).toBeUndefined();
    expect(sourceFault({ source: { http: { url: '' } } })).toContain('requires a URL');
    expect(sourceFault({ source: { registry: { url: 'ghcr.io/a/node:v1.35.6' } } })).toContain('docker://');
    expect(sourceFault({})).toContain('exactly one Source');
  });

  it('decides the version of the kubelet', () => {
    expect(versionOf('docker://ghcr.io/a/node:v1.35.6')).toBe('v1.35.6');
    expect(() => versionOf('docker://ghcr.io/a/node:latest')).toThrow('names no Kubernetes version');
  });
});

describe('discovery', () => {
  it('trusts only what the token signed', () => {
    const header = Buffer.from('{"alg":"HS256"}').toString('base64url');
    const payload = Buffer.from('content').toString('base64url');
    const signature = createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url');
    expect(isSignedBy(`${header}..${signature}`, 'content', 'secret')).toBe(true);
    expect(isSignedBy(`${header}..${signature}`, 'other', 'secret')).toBe(false);
    expect(isSignedBy(`${header}..${signature}`, 'content', 'wrong')).toBe(false);
  });

  it('trusts only a pinned authority', async () => {
    const { cert } = await createAuthority('kubernetes');
    expect(() => checkPins(cert, ['sha256:00'])).toThrow('not among caCertHashes');
    expect(() => checkPins(cert, [])).not.toThrow();
  });
});

it.each([
  ['8Gi', 8 * 2 ** 30],
  ['500m', 0.5],
  ['1e3', 1000],
  ['2', 2],
])('the quantity %s is %d', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value);
});
