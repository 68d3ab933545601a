import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createIdentity } from '../region/identities.ts';
import type { JsonObject } from '../region/json.ts';
import { connect, type Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { readKubeconfig } from '../region/kubeconfig.ts';
import { answer } from './support/answer.ts';
import { attacker } from './support/attacker.ts';
import { setPlatformCatalogue } from './support/catalogue.ts';
import { admin } from './support/region.ts';
import { until, untilHolds } from './support/wait.ts';

const namespace = 'balanced';
const PLATFORM = 'hikube.cloud/v1alpha1/HikubePlatform';

/** What the cloud controller makes of a tenant's Service: its annotations, addresses and ports, and labels of its own. */
function copied(name: string, annotations: Record<string, string> = {}, spec: JsonObject = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, annotations, labels: { 'cluster.x-k8s.io/cluster-name': 'demo' } },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Cluster',
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 30080 }],
      ...spec,
    },
  };
}

const harmful: [string, KubeObject, RegExp][] = [
  [
    'another address',
    copied('taken', {}, { externalIPs: ['203.0.113.7'] }),
    /spec\.externalIPs: 203\.0\.113\.7 cannot be claimed/,
  ],
  [
    'an address of the load balancer',
    copied('asked', {}, { loadBalancerIP: '203.0.113.7' }),
    /spec\.loadBalancerIP: 203\.0\.113\.7 is in none of the ranges .*there are none/,
  ],
  [
    'an address that is none',
    copied('odd', {}, { loadBalancerIP: 'metallb.example' }),
    /spec\.loadBalancerIP: metallb\.example is in none/,
  ],
  [
    'an address by annotation',
    copied('announced', { 'metallb.io/loadBalancerIPs': '203.0.113.7' }),
    /metadata\.annotations: metallb\.io\/loadBalancerIPs would reach the platform/,
  ],
  [
    'a DNS name',
    copied('named', { 'external-dns.alpha.kubernetes.io/hostname': 'www.example.com', 'helm.sh/hook': 'x' }),
    /metadata\.annotations: external-dns\.alpha\.kubernetes\.io\/hostname would/,
  ],
];

describe("what a tenant's load balancer may ask of the platform", () => {
  let kube: Kube;
  let cloudController: Kube;
  let mallory: Kube;

  beforeAll(async () => {
    kube = admin();
    const { ca } = readKubeconfig(inject('region').admin);
    cloudController = connect(await createIdentity(kube, ca, { namespace, name: 'demo-cloud-controller' }));
    await kube.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'cloud-controller', namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'hikube:cloud-controller' },
      subjects: [{ kind: 'ServiceAccount', name: 'demo-cloud-controller', namespace }],
    });
    mallory = await attacker(kube, inject('region').admin, namespace, 'mallory');
    // The API server looks for new kinds every half minute; until it knows HikubePlatform the policy lets nothing through.
    await until('the policy to know its list', async () => {
      const tried = await answer(cloudController.create(copied('first')));
      return tried === 'allowed';
    });
    await kube.delete('v1/Service', 'first', namespace);
  });
  afterAll(async () => {
    await Promise.all([cloudController.close(), mallory.close(), kube.close()]);
  });

  /** The platform's own catalogue is in force, not one that a test laid over it. */
  const untilItsOwn = () =>
    untilHolds(
      "the platform object to show Hikube's own catalogue",
      () => kube.get(PLATFORM, 'default'),
      platform =>
        expect(platform?.status?.loadBalancers).toEqual({
          annotations: expect.arrayContaining(['kubectl.kubernetes.io/*', 'meta.helm.sh/*']),
          addresses: [],
        }),
    );

  test('the catalogue says, and the platform object shows it', async () => {
    await untilItsOwn();
  });

  test.each(harmful)(
    'not %s, whether the cloud controller copies it or the tenant writes it',
    async (_, service, why) => {
      expect(await answer(cloudController.create(service))).toMatch(why);
      expect(await answer(mallory.create(service))).toMatch(why);
      // The API server itself has nothing against it: the platform may.
      expect(await answer(kube.apply(service, { dryRun: true }))).toBe('allowed');
    },
  );

  test.each(harmful)('nor %s once the Service is there', async (_, service, why) => {
    const { name } = service.metadata;
    expect(await answer(cloudController.create(copied(`${name}-later`)))).toBe('allowed');
    const change = { metadata: { annotations: service.metadata.annotations }, spec: service.spec ?? {} };
    expect(await answer(cloudController.mergePatch('v1/Service', `${name}-later`, namespace, change))).toMatch(why);
    await kube.delete('v1/Service', `${name}-later`, namespace);
  });

  test('what tools write on everything comes through, and ports may change beside what the platform wrote', async () => {
    const plain = copied('plain', {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'meta.helm.sh/release-name': 'ingress',
    });
    expect(await answer(cloudController.create(plain))).toBe('allowed');
    const pool = { metadata: { annotations: { 'metallb.io/ip-allocated-from-pool': 'public' } } };
    await kube.mergePatch('v1/Service', 'plain', namespace, pool);
    const ports = [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 30443 }];
    expect(await answer(cloudController.mergePatch('v1/Service', 'plain', namespace, { spec: { ports } }))).toBe(
      'allowed',
    );
    await kube.delete('v1/Service', 'plain', namespace);
  });

  test('what the catalogue allows comes through, and only that', async () => {
    const offer = { annotations: ['metallb.io/loadBalancerIPs'], addresses: ['203.0.113.0/28', '2001:db8::/64'] };
    const asking = (loadBalancerIP: string) => answer(cloudController.create(copied('asking', {}, { loadBalancerIP })));
    try {
      await setPlatformCatalogue(kube, { loadBalancers: offer });
      await until('the offer to be in force', async () => (await asking('203.0.113.7')) === 'allowed', {
        explain: async () => JSON.stringify((await kube.get(PLATFORM, 'default'))?.status),
      });
      await kube.delete('v1/Service', 'asking', namespace);
      expect(await asking('203.0.113.16')).toMatch(/in none of the ranges .*203\.0\.113\.0\/28, 2001:db8::\/64/);
      expect(await asking('2001:db8::7')).toBe('allowed');
      expect(
        await answer(cloudController.create(copied('announced', { 'metallb.io/loadBalancerIPs': '203.0.113.7' }))),
      ).toBe('allowed');
      expect(await answer(cloudController.create(copied('other', { 'metallb.io/address-pool': 'x' })))).toMatch(
        /^403 /,
      );
    } finally {
      await setPlatformCatalogue(kube);
    }
    await untilItsOwn();
  });

  test('without the policy the harm is done: it is the policy that keeps it off', async () => {
    const kind = 'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
    const binding = await kube.get(kind, 'hikube-load-balancers');
    if (!binding) throw new Error('cannot find the binding of the policy');
    const [[, taken]] = [harmful[0] ?? expect.unreachable('no attack')];
    await kube.delete(kind, binding.metadata.name);
    try {
      await until(
        'the policy to be out of force',
        async () => (await answer(cloudController.create(taken))) === 'allowed',
      );
    } finally {
      await kube.delete('v1/Service', taken.metadata.name, namespace);
      const { name } = binding.metadata;
      await kube.apply({
        apiVersion: binding.apiVersion,
        kind: binding.kind,
        metadata: { name },
        spec: binding.spec ?? {},
      });
    }
  });
});
