import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownCrds } from '../region/crds.ts';
import { createIdentity } from '../region/identities.ts';
import { applyCrds } from '../region/install/crds.ts';
import { at, condition, list, str } from '../region/json.ts';
import { connect, type GVK, type KubeObject } from '../region/kube.ts';
import { rules, startKubevirt } from '../region/stand-ins/kubevirt/index.ts';
import { type Nodes, rules as nodeRules, startNodes } from '../region/stand-ins/nodes/index.ts';
import type { PolicyRule, StandInContext } from '../region/stand-ins/stand-in.ts';
import { waitFor } from '../region/wait.ts';
import { type BareCluster, startBareCluster } from './clusters.ts';
import { bootstrapData, prepareTenant, tokenId } from './kubeadm.ts';
import { daemonSet, machine, namespace, storageClass } from './machines.ts';

const VM: GVK = 'kubevirt.io/v1/VirtualMachine';
const VMI: GVK = 'kubevirt.io/v1/VirtualMachineInstance';

let platform: BareCluster;
let tenant: BareCluster;
let nodes: Nodes;
let kubevirt: { stop(): Promise<void> };

beforeAll(async () => {
  [platform, tenant] = await Promise.all([startBareCluster(), startBareCluster()]);
  const { kube } = platform;
  await applyCrds(kube, await ownCrds());
  nodes = await startNodes(await context('nodes', nodeRules));
  kubevirt = await startKubevirt(await context('kubevirt', rules), { nodes });
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await kube.apply(storageClass('replicated'));
  await kube.apply({
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClusterInstancetype',
    metadata: { name: 's1.large' },
    spec: { cpu: { guest: 4 }, memory: { guest: '8Gi' } },
  });
  await serveTenant();
  await prepareTenant(tenant);
});

afterAll(async () => {
  await kubevirt?.stop();
  await nodes?.stop();
  await Promise.all([platform?.stop(), tenant?.stop()]);
});

describe('a virtual machine', () => {
  it('becomes a node with labels, taints and reservations of its bootstrap data only', async () => {
    await bootstrapSecret('web', { 'node-labels': 'hikube.cloud/group=web', 'kube-reserved': 'cpu=400m,memory=1Gi' });
    await platform.kube.create(machine('web'));
    const node = await tenantNode('web');
    expect(node.metadata.labels).toMatchObject({ 'hikube.cloud/group': 'web', 'kubernetes.io/hostname': 'web' });
    expect(list(node.spec?.taints)).toContainEqual({ key: 'dedicated', value: 'web', effect: 'NoSchedule' });
    expect(node.status).toMatchObject({
      capacity: { cpu: '4', memory: '8Gi', 'ephemeral-storage': '50Gi', pods: '110' },
      allocatable: { cpu: '3600m' },
      nodeInfo: { kubeletVersion: 'v1.35.6' },
    });
    const requests = await tenant.kube.list('certificates.k8s.io/v1/CertificateSigningRequest');
    expect(new Set(requests.map(request => str(request.spec?.username)))).toEqual(
      new Set([`system:bootstrap:${tokenId}`]),
    );
  });

  it('is placed by the scheduler, in its zone, and reports as KubeVirt does', async () => {
    const vm = await running('web');
    expect(vm.status).toMatchObject({ created: true, printableStatus: 'Running' });
    const instance = await platform.kube.get(VMI, 'web', namespace);
    expect(str(instance?.status?.nodeName)).toMatch(/^lucerne-/);
    expect(condition(instance, 'LiveMigratable')?.status).toBe('True');
    const launchers = await platform.kube.list('v1/Pod', { namespace, labelSelector: 'kubevirt.io=virt-launcher' });
    const pod = launchers.find(({ metadata }) => metadata.name.startsWith('virt-launcher-web-'));
    expect(pod?.status?.podIP).toBeDefined();
    expect(at(instance, 'status', 'interfaces', 0, 'ipAddress')).toBe(pod?.status?.podIP);
  });

  it('is ready only with a network agent, and runs the Pods bound to it', async () => {
    // `Unknown` for as long as only the node controller has said something of it.
    await waitFor('the kubelet to say that it is not', async () => {
      return condition(await tenantNode('web'), 'Ready')?.status === 'False';
    });
    await tenant.kube.create(daemonSet('cni'));
    await waitFor('the node to be ready', async () => {
      return condition(await tenantNode('web'), 'Ready')?.status === 'True';
    });
    await waitFor('the agent to run', async () => {
      const [pod] = await tenant.kube.list('v1/Pod', { labelSelector: 'region.hikube.dev/daemon=cni' });
      return condition(pod, 'Ready')?.status === 'True';
    });
  });

  it('offers its graphics cards once the device plugin runs on it, and cannot migrate', async () => {
    await bootstrapSecret('gpu', {});
    const gpus = [{ name: 'gpu1', deviceName: 'nvidia.com/AD102GL_L40S' }];
    await platform.kube.create(machine('gpu', { gpus }));
    await running('gpu');
    const instance = await platform.kube.get(VMI, 'gpu', namespace);
    expect(condition(instance, 'LiveMigratable')?.reason).toBe('HostDeviceNotLiveMigratable');
    expect(at(await tenantNode('gpu'), 'status', 'capacity', 'nvidia.com/gpu')).toBeUndefined();
    await tenant.kube.create(daemonSet('nvidia-device-plugin'));
    await waitFor('the card to be offered', async () => {
      return at(await tenantNode('gpu'), 'status', 'allocatable', 'nvidia.com/gpu') === '1';
    });
    expect(at(await tenantNode('web'), 'status', 'allocatable', 'nvidia.com/gpu')).toBeUndefined();
  });

  it('that asks for a card nobody has says that it cannot be placed', async () => {
    await bootstrapSecret('rare', {});
    await platform.kube.create(machine('rare', { gpus: [{ name: 'gpu1', deviceName: 'nvidia.com/B300' }] }));
    await waitFor('the machine to be unschedulable', async () => {
      const vm = await platform.kube.get(VM, 'rare', namespace);
      return vm?.status?.printableStatus === 'ErrorUnschedulable' && condition(vm, 'PodScheduled')?.status === 'False';
    });
  });

  it('whose kubelet would give itself a forbidden label never joins, and an event says why', async () => {
    await bootstrapSecret('vain', { 'node-labels': 'node-role.kubernetes.io/worker=' });
    await platform.kube.create(machine('vain'));
    const event = await waitFor('the event', async () => {
      const events = await platform.kube.list('v1/Event', { namespace });
      return events.find(entry => entry.reason === 'GuestFailed' && at(entry, 'involvedObject', 'name') === 'vain');
    });
    expect(event.message).toContain('node-role.kubernetes.io/worker');
    expect(await tenant.kube.get('v1/Node', 'vain')).toBeUndefined();
  });

  it('whose bootstrap data pins another authority never joins', async () => {
    await bootstrapSecret('duped', {}, 'sha256:00');
    await platform.kube.create(machine('duped'));
    await waitFor('the event', async () => {
      const events = await platform.kube.list('v1/Event', { namespace });
      return events.some(entry => String(entry.message).includes('not among caCertHashes'));
    });
    expect(await tenant.kube.get('v1/Node', 'duped')).toBeUndefined();
  });

  it('waits for ever on an unknown storage class', async () => {
    await platform.kube.create(machine('lost', { storageClassName: 'replicatd' }));
    await waitFor('the volume to say why', async () => {
      const volume = await platform.kube.get('cdi.kubevirt.io/v1beta1/DataVolume', 'lost-root', namespace);
      const bound = condition(volume, 'Bound');
      return volume?.status?.phase === 'Pending' && bound?.message.includes('"replicatd" not found');
    });
    await waitFor('the machine to say so too', async () => {
      return (await platform.kube.get(VM, 'lost', namespace))?.status?.printableStatus === 'Provisioning';
    });
    expect(await platform.kube.get(VMI, 'lost', namespace)).toBeUndefined();
  });

  it('with an unknown instance type, or with CPU beside it, is refused', async () => {
    await expect(platform.kube.create(machine('bad', { instancetype: 's1.larg' }))).rejects.toThrow(
      's1.larg" not found',
    );
    await expect(platform.kube.create(machine('bad', { domain: { cpu: { cores: 2 } } }))).rejects.toThrow('conflicts');
    await expect(platform.kube.create(machine('bad', { image: '' }))).rejects.toThrow('requires a URL');
  });

  it('takes instance, Pod and volumes with it', async () => {
    await platform.kube.delete(VM, 'web', namespace);
    await waitFor('everything to be gone', async () => {
      const kinds: GVK[] = [VM, VMI, 'cdi.kubevirt.io/v1beta1/DataVolume', 'v1/PersistentVolumeClaim', 'v1/Pod'];
      const left = (await Promise.all(kinds.map(kind => platform.kube.list(kind, { namespace })))).flat();
      return left.every(object => !object.metadata.name.replace('virt-launcher-', '').startsWith('web'));
    });
  });
});

async function context(name: string, own: PolicyRule[]): Promise<StandInContext> {
  const { kube, pki, binaries, supervisor, dir } = platform;
  const kubeconfig = await createIdentity(kube, pki.authority.cert, { namespace: 'stand-ins', name, rules: own });
  const folder = join(dir, name);
  await mkdir(folder, { recursive: true });
  return {
    kubeconfig,
    kube: connect(kubeconfig),
    log: line => console.log(line),
    tell: line => console.log(line),
    dir: folder,
    binaries,
    processes: supervisor,
    signal: new AbortController().signal,
  };
}

/** Makes the tenant's API server reachable as a Service of the platform. */
async function serveTenant(): Promise<void> {
  const ip = nodes.network.assignIp();
  nodes.network.expose(ip, 6443, Number(new URL(tenant.server).port));
  await platform.kube.create({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'tenant', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
    endpoints: [{ addresses: [ip], conditions: { ready: true } }],
  });
}

async function bootstrapSecret(name: string, args: Record<string, string>, pin?: string): Promise<void> {
  await platform.kube.apply(bootstrapData(tenant, name, args, pin));
}

function running(name: string): Promise<KubeObject> {
  return waitFor(`machine ${name} to run`, async () => {
    const vm = await platform.kube.get(VM, name, namespace);
    return vm?.status?.ready === true ? vm : undefined;
  });
}

function tenantNode(name: string): Promise<KubeObject> {
  return waitFor(`node ${name}`, async () => {
    const node = await tenant.kube.get('v1/Node', name);
    return node?.status?.capacity ? node : undefined;
  });
}
