import { describe, expect, test } from 'vitest';
import { at, isObject, listAt, objectAt, stringAt } from '../../base/json.ts';
import { bootstrapTemplate } from './bootstrap-template.ts';
import { machineDeployment } from './machine-deployment.ts';
import { machineTemplate } from './machine-template.ts';
import { fixedReplicas } from './replicas.ts';
import { l40s, pool, shop } from './testing/pool.ts';

const templates = { machine: 'm', bootstrap: 'b' };
const deployment = (spec = pool(), zone = 'geneva') =>
  machineDeployment(shop, spec, zone, { min: 1, max: 4 }, templates, undefined);
const virtualMachine = (spec = pool()) =>
  objectAt(machineTemplate(shop, spec, 'geneva', 'm'), 'spec', 'template', 'spec', 'virtualMachineTemplate', 'spec');
const argument = (spec: ReturnType<typeof pool>, name: string) => {
  const registration = at(
    bootstrapTemplate(shop, spec, 'geneva', 'b'),
    'spec',
    'template',
    'spec',
    'joinConfiguration',
    'nodeRegistration',
  );
  const found = listAt(registration, 'kubeletExtraArgs').find(entry => stringAt(entry, 'name') === name);
  return isObject(found) ? found.value : undefined;
};

describe('number of nodes', () => {
  test.each([
    [3, 3, undefined, 3],
    [3, 3, 5, 3],
    [0, 0, 2, 0],
    [1, 4, undefined, undefined],
    [1, 4, 1, undefined],
    [1, 4, 4, undefined],
    [1, 4, 0, 1],
    [1, 4, 7, 4],
  ])('with bounds %i to %i and %s observed it is set to %s', (min, max, observed, expected) => {
    expect(fixedReplicas({ min, max }, observed)).toBe(expected);
  });
});

describe('annotations the autoscaler plans with', () => {
  test('bounds and capacity are always there (H51, H52)', () => {
    expect(deployment(pool({ roles: ['ingress-nginx'], labels: { team: 'web' } })).metadata.annotations).toEqual({
      'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size': '1',
      'cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size': '4',
      'cluster.x-k8s.io/autoscaling-options-maxnodeprovisiontime': '30m',
      'capacity.cluster-autoscaler.kubernetes.io/cpu': '3600m',
      'capacity.cluster-autoscaler.kubernetes.io/memory': '6800Mi',
      'capacity.cluster-autoscaler.kubernetes.io/ephemeral-disk': '43776Mi',
      'capacity.cluster-autoscaler.kubernetes.io/maxPods': '110',
      'capacity.cluster-autoscaler.kubernetes.io/labels':
        'hikube.cloud/node-group=web,team=web,topology.kubernetes.io/zone=geneva,node-role.kubernetes.io/ingress-nginx=',
    });
  });

  test('a GPU group at 0 can be chosen for a Pod that asks for a GPU (H53)', () => {
    const taints = [
      { key: 'nvidia.com/gpu', effect: 'NoSchedule' } as const,
      { key: 'a', value: 'b', effect: 'NoExecute' } as const,
    ];
    expect(deployment(pool({ gpus: l40s, taints })).metadata.annotations).toMatchObject({
      'capacity.cluster-autoscaler.kubernetes.io/gpu-type': 'nvidia.com/gpu',
      'capacity.cluster-autoscaler.kubernetes.io/gpu-count': '2',
      'capacity.cluster-autoscaler.kubernetes.io/taints': 'a=b:NoExecute,nvidia.com/gpu:NoSchedule',
      'capacity.cluster-autoscaler.kubernetes.io/labels':
        'cluster-api/accelerator=L40S,gpu-type=L40S,hikube.cloud/node-group=web,topology.kubernetes.io/zone=geneva',
    });
  });
});

test('roles reach the node by way of the Machine (H15)', () => {
  const labels = at(
    deployment(pool({ roles: ['ingress-nginx', 'monitoring'] })),
    'spec',
    'template',
    'metadata',
    'labels',
  );
  expect(labels).toMatchObject({
    'cluster.x-k8s.io/cluster-name': 'shop',
    'node-role.kubernetes.io/ingress-nginx': '',
    'node-role.kubernetes.io/monitoring': '',
  });
});

test('at most one node more and none fewer while nodes are replaced (H48)', () => {
  expect(at(deployment(), 'spec', 'rollout', 'strategy', 'rollingUpdate')).toEqual({ maxSurge: 1, maxUnavailable: 0 });
});

describe('virtual machine', () => {
  test('it is pinned to its zone and drained before its host is emptied', () => {
    expect(at(virtualMachine(), 'template', 'spec')).toMatchObject({
      nodeSelector: { 'topology.kubernetes.io/zone': 'geneva' },
      evictionStrategy: 'External',
    });
  });

  test('an instance type stands alone, because KubeVirt refuses it beside CPU and memory (H40)', () => {
    expect(virtualMachine().instancetype).toEqual({ kind: 'VirtualMachineClusterInstancetype', name: 's1.large' });
    expect(Object.keys(objectAt(virtualMachine(), 'template', 'spec', 'domain'))).toEqual(['devices']);

    const own = virtualMachine(pool({ machine: { cpu: 6, memory: '48Gi' } }));
    expect(own.instancetype).toBeUndefined();
    expect(at(own, 'template', 'spec', 'domain')).toMatchObject({
      cpu: { sockets: 1, cores: 6, threads: 1 },
      memory: { guest: '48Gi' },
    });
  });

  test('its disk is the node image at the size and class asked for (H16, H55)', () => {
    expect(at(virtualMachine(), 'dataVolumeTemplates', 0, 'spec')).toEqual({
      source: { registry: { url: 'docker://ghcr.io/hidoraswiss/hikube-node:v1.34.9' } },
      storage: { resources: { requests: { storage: '50Gi' } }, storageClassName: 'replicated' },
    });
  });

  test('each GPU entry is a device of its own (H13, H58)', () => {
    expect(at(virtualMachine(pool({ gpus: l40s })), 'template', 'spec', 'domain', 'devices', 'gpus')).toEqual([
      { name: 'gpu1', deviceName: 'nvidia.com/AD102GL_L40S' },
      { name: 'gpu2', deviceName: 'nvidia.com/AD102GL_L40S' },
    ]);
    expect(at(virtualMachine(), 'template', 'spec', 'domain', 'devices', 'gpus')).toBeUndefined();
  });
});

describe('kubelet', () => {
  test('labels: zone, GPU model and the tenant’s own, which never win over ours (H09, H59)', () => {
    const spec = pool({ gpus: l40s, labels: { team: 'ml', 'gpu-type': 'mine' } });
    expect(argument(spec, 'node-labels')).toBe(
      'cluster-api/accelerator=L40S,gpu-type=L40S,hikube.cloud/node-group=web,team=ml,topology.kubernetes.io/zone=geneva',
    );
  });

  test('it reserves what the capacity annotations leave out', () => {
    expect(argument(pool(), 'system-reserved')).toBe('cpu=200m,memory=409Mi');
    expect(argument(pool(), 'kube-reserved')).toBe('cpu=200m,memory=409Mi');
    expect(argument(pool(), 'eviction-hard')).toBe(
      'memory.available<7%,nodefs.available<10%,imagefs.available<15%,nodefs.inodesFree<5%',
    );
  });

  test('no argument is named twice, which kubeadm’s API refuses', () => {
    const registration = at(
      bootstrapTemplate(shop, pool(), 'geneva', 'b'),
      'spec',
      'template',
      'spec',
      'joinConfiguration',
      'nodeRegistration',
    );
    const names = listAt(registration, 'kubeletExtraArgs').map(entry => stringAt(entry, 'name'));
    expect(new Set(names).size).toBe(names.length);
  });
});
