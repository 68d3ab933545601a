import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { connect, type Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { commandsToGoOn } from '../region/show/go-on.ts';
import { applyClaim, CLAIM, condition, deleteClaim, example, untilReady } from './support/claims.ts';
import {
  adminKubeconfig,
  kubeletOf,
  MACHINE,
  MACHINE_DEPLOYMENT,
  sumOfBounds,
  tenantApi,
  VIRTUAL_MACHINE,
  zonesOfPods,
} from './support/cluster.ts';
import { leftovers } from './support/leftovers.ts';
import { runPage } from './support/pages.ts';
import { list, object, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { untilAsRendered } from './support/rendered.ts';
import { until, untilAtRest, untilHolds } from './support/wait.ts';

const PAGE = 'docs/quick-start.md';
const ZONES = ['geneva', 'gland', 'lucerne'];

describe('H36 the quick start', () => {
  let kube: Kube;
  let claim: KubeObject;
  const namespace = 'acme';

  // Created, used, changed and deleted by the commands of the page, in its order.
  beforeAll(async () => {
    kube = admin();
    await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await runPage(PAGE, 0, 3);
    claim = await untilReady(kube, example('quick-start.yaml', namespace));
  });
  afterAll(async () => {
    await deleteClaim(kube, claim);
    await kube.close();
  });

  test('every condition of the claim is True', async () => {
    const states = [
      'Accepted',
      'Settled',
      'EtcdReady',
      'ControlPlaneReady',
      'NodePoolsReady',
      'StorageReady',
      'NetworkReady',
      'AddonsReady',
      'Reachable',
      'Synced',
      'Ready',
    ];
    // Crossplane writes them in rounds of its own: what is Ready may be told to be Reachable in the next.
    await untilHolds('every condition to be True', current, seen => {
      expect(states.map(type => [type, text(condition(seen, type), 'status')])).toEqual(
        states.map(type => [type, 'True']),
      );
    });
  });

  test('H83 status answers which version, which endpoint, which nodes and what waits', async () => {
    await untilHolds('the status to answer', current, seen => {
      expect(object(seen, 'status')).toMatchObject({
        version: expect.stringMatching(/^v1\.\d+\.\d+$/),
        endpoint: expect.stringMatching(/^https:\/\//),
        kubeconfigSecret: 'demo-admin-kubeconfig',
        nodes: '1/1',
        waiting: [],
        pending: [],
        problems: [],
      });
    });
  });

  test('H07 etcd has a member in each zone, H06 so has the control plane', async () => {
    const [etcd] = await kube.list('etcd-operator.cozystack.io/v1alpha2/EtcdCluster', { namespace });
    for (const label of [`etcd-operator.cozystack.io/cluster=${etcd?.metadata.name}`, 'kamaji.clastix.io/name=demo']) {
      await untilHolds(
        `a Pod with ${label} in each zone`,
        () => zonesOfPods(kube, namespace, label),
        zones => expect(zones).toEqual(ZONES),
      );
    }
  });

  test('API servers hold no token of the platform, and a drain takes one of them at a time', async () => {
    const pods = await untilHolds(
      'three API servers',
      () => kube.list('v1/Pod', { namespace, labelSelector: 'kamaji.clastix.io/name=demo' }),
      found => expect(found).toHaveLength(3),
    );
    for (const { spec } of pods) {
      expect(text(spec, 'serviceAccountName')).toMatch(/^demo-api-server-/);
      expect(list(spec, 'volumes').filter(volume => text(volume, 'name')?.startsWith('kube-api-access'))).toEqual([]);
    }
    const evict = (name: string) =>
      kube.raw('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction?dryRun=All`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace },
      });
    // The disruption controller counts the Pods after they are there.
    await untilHolds(
      'the budget to count three',
      () => kube.list('policy/v1/PodDisruptionBudget', { namespace, labelSelector: 'hikube.cloud/cluster=demo' }),
      ([budget]) => expect(budget?.status).toMatchObject({ expectedPods: 3, desiredHealthy: 2, disruptionsAllowed: 1 }),
    );
    const [first] = pods;
    expect((await evict(first?.metadata.name ?? '')).status).toBe(201);
  });

  test('H02 H12 machines come from our objects by the real controllers, bounds sum up to those of the claim', async () => {
    const deployments = await kube.list(MACHINE_DEPLOYMENT, { namespace });
    expect([sumOfBounds(deployments, 'min'), sumOfBounds(deployments, 'max')]).toEqual([1, 5]);
    const labelSelector = 'cluster.x-k8s.io/cluster-name=demo';
    await untilHolds(
      'one machine that runs',
      async () => [
        await kube.list(MACHINE, { namespace, labelSelector }),
        await kube.list(VIRTUAL_MACHINE, { namespace }),
      ],
      ([machines = [], instances = []]) => {
        expect(machines.map(machine => text(machine, 'status', 'phase'))).toEqual(['Running']);
        expect(instances.map(vm => vm.metadata.name)).toEqual(machines.map(({ metadata }) => metadata.name));
      },
    );
  });

  test('H01 H09 H80 the tenant sees its workers alone, each with zone and role', async () => {
    const tenant = await tenantApi(kube, claim);
    // Cluster API brings the labels of roles after the node has joined.
    await untilHolds(
      'one node with zone and role',
      () => tenant.list('v1/Node'),
      nodes => {
        expect(nodes).toHaveLength(1);
        expect(ZONES).toContain(nodes[0]?.metadata.labels?.['topology.kubernetes.io/zone']);
        expect(nodes[0]?.metadata.labels).toHaveProperty(['node-role.kubernetes.io/ingress-nginx']);
      },
    );
    await tenant.close();
  });

  test('H03 H17 the tenant has the storage classes of the platform, replicated by default', async () => {
    const tenant = await tenantApi(kube, claim);
    const classes = await tenant.list('storage.k8s.io/v1/StorageClass');
    const defaults = classes.filter(
      entry => entry.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
    );
    expect(classes.map(entry => entry.metadata.name).sort()).toEqual(['local', 'replicated', 'replicated-async']);
    expect(defaults.map(entry => entry.metadata.name)).toEqual(['replicated']);
    await tenant.close();
  });

  test('the kubelet of one node can neither label nor untaint another, nor take a label that is reserved', async () => {
    const cluster = await tenantApi(kube, claim);
    const [own] = await cluster.list('v1/Node');
    const taint = { key: 'dedicated', value: 'other', effect: 'NoSchedule' };
    await cluster.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'other' }, spec: { taints: [taint] } });
    const kubelet = await kubeletOf(cluster, await adminKubeconfig(kube, claim), own?.metadata.name ?? '');
    const patch = (name: string, change: JsonObject) => kubelet.mergePatch('v1/Node', name, undefined, change);
    const self = own?.metadata.name ?? '';

    await expect(patch('other', { metadata: { labels: { mine: 'yes' } } })).rejects.toThrow(/not allowed|cannot/);
    await expect(patch('other', { spec: { taints: [] } })).rejects.toThrow(/not allowed|cannot/);
    const reserved = { metadata: { labels: { 'node-restriction.kubernetes.io/x': 'y' } } };
    await expect(patch(self, reserved)).rejects.toThrow('is not allowed to modify labels');
    // The certificate is a good one: the same kubelet may label its own node.
    await expect(patch(self, { metadata: { labels: { mine: 'yes' } } })).resolves.toBeDefined();
    // The controller manager may have added its own meanwhile: the other node never reports that it is ready.
    expect((await cluster.get('v1/Node', 'other'))?.spec?.taints).toContainEqual(taint);

    await patch(self, { metadata: { labels: { mine: null } } });
    await cluster.delete('v1/Node', 'other');
    await Promise.all([kubelet.close(), cluster.close()]);
  });

  test('hikube render says what Crossplane composed', async () => {
    await untilAsRendered(kube, example('quick-start.yaml', namespace));
  });

  test('H57 applying the unchanged manifest again changes nothing', async () => {
    const before = await untilAtRest('what the claim composes', () => generations(kube, namespace));
    await applyClaim(kube, example('quick-start.yaml', namespace));
    // An edit after it shows by its outcome that the rounds before it are over.
    const general = { maxReplicas: 6 };
    await kube.mergePatch(CLAIM, 'demo', namespace, { spec: { nodeGroups: { general } } });
    await until('the edit to arrive', async () => (await sumOfMax()) === 6);
    const pools = Object.entries(before).filter(([id]) => id.startsWith('HikubeNodePool '));
    expect(pools).toHaveLength(1);
    const edited = Object.fromEntries(pools.map(([id, generation = 0]) => [id, generation + 1]));
    expect(await generations(kube, namespace)).toEqual({ ...before, ...edited });
  });

  test('the Secret alone leads nowhere from outside the platform', async () => {
    const outside = connect(await adminKubeconfig(kube, claim), { proxyUrl: inject('region').outsideUrl });
    await expect(outside.list('v1/Node')).rejects.toThrow();
    await outside.close();
  });

  test('status.dns leads every public name to where its Ingress says it is served', async () => {
    const api = text(claim, 'status', 'endpoint')?.replace('https://', '');
    const ingresses = await until('every Ingress to be served', async () => {
      const found = await kube.list('networking.k8s.io/v1/Ingress', { namespace });
      return found.every(entry => text(entry, 'status', 'loadBalancer', 'ingress', 0, 'ip')) && found;
    });
    const targetOf = (host: string | undefined) => {
      const ingress = ingresses.find(entry => text(entry, 'spec', 'rules', 0, 'host') === host);
      return text(ingress, 'status', 'loadBalancer', 'ingress', 0, 'ip');
    };
    const names = [api, 'demo.example.com'];
    for (const name of names) expect(targetOf(name)).toMatch(/^203\.0\.113\./);
    await untilHolds('status.dns to have its targets', current, seen =>
      expect(list(seen, 'status', 'dns')).toEqual(names.map(name => ({ name, type: 'A', target: targetOf(name) }))),
    );
  });

  test('H80 H50 from outside, by the commands of the page: the cluster, its records, its machines, new bounds', async () => {
    const [, changed, nodes, records, machines] = await runPage(PAGE, 3, 9);
    const [node] = await kube.list(MACHINE, { namespace });
    expect(changed).toContain('Cluster "demo" set');
    expect(nodes).toContain(`${node?.metadata.name} `);
    expect(JSON.parse(records ?? '')).toHaveLength(2);
    expect(machines).toContain('demo-general-');
    await until('the new bounds to arrive', async () => (await sumOfMax()) === 8);
    const deployments = await kube.list(MACHINE_DEPLOYMENT, { namespace });
    expect(sumOfBounds(deployments, 'min')).toBe(1);
  });

  test('what `npm start` ends with can be typed in any folder', async () => {
    const { dir, bin } = inject('region');
    const [path = '', ...more] = commandsToGoOn({ dir, bin, claims: [claim] });
    // In one shell, as a person has it; its own PATH knows no kubectl of the region.
    const script = ['set -e', path, ...more].join('\n');
    // On a machine that has no time for its kubelet, a node is taken for silent for a moment.
    await untilHolds(
      'the node to be listed as Ready',
      () => promisify(execFile)('sh', ['-c', script], { cwd: tmpdir() }),
      ({ stdout }) => {
        expect(stdout).toContain('demo');
        expect(stdout).toMatch(/^demo-general-\S+ +Ready /m);
      },
    );
  });

  test('H91 deleting the claim removes every object it made', async () => {
    await runPage(PAGE, 9);
    expect(await kube.get(CLAIM, 'demo', namespace)).toBeUndefined();
    await until(
      'every object of the claim to be gone',
      async () => (await leftovers(kube, namespace, 'demo')).length === 0,
      {
        explain: async () => (await leftovers(kube, namespace, 'demo')).join('\n'),
      },
    );
  });

  function current(): Promise<KubeObject | undefined> {
    return kube.get(CLAIM, claim.metadata.name, namespace);
  }

  async function sumOfMax(): Promise<number> {
    return sumOfBounds(await kube.list(MACHINE_DEPLOYMENT, { namespace }), 'max');
  }
});

/** Generations of what the claim composes: they rise when a spec changes. */
async function generations(kube: Kube, namespace: string): Promise<Record<string, number | undefined>> {
  const kinds = [
    'hikube.cloud/v1alpha1/HikubeEtcd',
    'hikube.cloud/v1alpha1/HikubeControlPlane',
    'hikube.cloud/v1alpha1/HikubeNodePool',
    'hikube.cloud/v1alpha1/HikubeAddons',
    'controlplane.cluster.x-k8s.io/v1alpha2/KamajiControlPlane',
    MACHINE_DEPLOYMENT,
    'helm.toolkit.fluxcd.io/v2/HelmRelease',
  ] as const;
  const found = await Promise.all(kinds.map(kind => kube.list(kind, { namespace })));
  return Object.fromEntries(
    found.flat().map(entry => [`${entry.kind} ${entry.metadata.name}`, entry.metadata.generation]),
  );
}
