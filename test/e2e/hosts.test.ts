import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { names } from '../../src/base/names.ts';
import type { Kube } from '../region/kube.ts';
import { type GVK, KubeError, type KubeObject } from '../region/kube-types.ts';
import { applyClaim, CLAIM, condition, leaveClaim, smallClaim } from './support/claims.ts';
import { at, list, object, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { until } from './support/wait.ts';

const RESERVATION: GVK = 'hikube.cloud/v1alpha1/HostReservation';
const CONTROL_PLANE: GVK = 'hikube.cloud/v1alpha1/HikubeControlPlane';
const PART = 'crossplane.io/composition-resource-name';

/** Two hosts with the same first 24 bits of SHA-256, by which reservations were composed once. */
const VICTIM = 'api.victim.example.com';
const ATTACKER = 'hlnrav.attacker.example.org';
const SHORT_PART = 'host-2c7463';

const victim = smallClaim('hosts-victim', 'shop', { host: VICTIM });
const late = smallClaim('hosts-attacker', 'late');
const attackerWith = (spec: JsonObject) => smallClaim('hosts-attacker', 'shop', spec);

describe('a host that a cluster holds', () => {
  let kube: Kube;

  beforeAll(async () => {
    kube = admin();
    await applyClaim(kube, victim);
    await applyClaim(kube, attackerWith({ host: ATTACKER }));
    for (const host of [VICTIM, ATTACKER]) await reserved(host);
    await until(
      'both control planes to have their own host',
      async () => (await endpointOf('hosts-victim')) === VICTIM && (await endpointOf('hosts-attacker')) === ATTACKER,
      { timeoutMs: 240_000 },
    );
  });
  afterAll(async () => {
    await Promise.all([victim, attackerWith({}), late].map(claim => leaveClaim(kube, claim)));
    await kube.close();
  });

  test('stays composed under the short name an older function gave its reservation', async () => {
    const before = await reserved(ATTACKER);
    const metadata = { annotations: { [PART]: SHORT_PART } };
    let replicas = 1;
    // A round under way may still have seen the long name, and then rightly writes it back; so it may be given twice.
    const after = await until('a round to leave the short name as it is', async () => {
      await kube.mergePatch(RESERVATION, before.metadata.name, undefined, { metadata });
      // Any accepted edit brings a round; its outcome shows that the round is over.
      replicas = replicas === 1 ? 2 : 1;
      await applyClaim(kube, attackerWith({ host: ATTACKER, controlPlane: { replicas } }));
      await until(
        'the edit to arrive',
        async () => at(await planeOf('hosts-attacker'), 'spec', 'replicas') === replicas,
      );
      const found = await reserved(ATTACKER);
      return found.metadata.annotations?.[PART] === SHORT_PART && found;
    });
    expect(after.metadata.uid).toBe(before.metadata.uid);
  });

  test.each([
    ['for its API', { host: VICTIM }],
    ['in capitals', { host: VICTIM.toUpperCase() }],
    ['for a site', { host: ATTACKER, addons: { ingressNginx: { enabled: true, hosts: [VICTIM] } } }],
  ])('is not another cluster’s by a colliding name: %s', async (_, spec) => {
    await applyClaim(kube, attackerWith({ host: ATTACKER }));
    await accepted('True', 'Accepted');
    await applyClaim(kube, attackerWith(spec));
    await accepted('False', 'HostTaken');
    expect(await mentions()).toEqual([]);
    expect(await endpointOf('hosts-attacker')).toBe(ATTACKER);
    expect(text(await reserved(VICTIM), 'spec', 'cluster', 'namespace')).toBe('hosts-victim');
  });

  test('leaves a cluster that was let through with it, though its request is refused', async () => {
    await applyClaim(kube, attackerWith({ host: VICTIM }));
    await accepted('False', 'HostTaken');
    await letThroughWith(VICTIM);
    await until('the host to leave', async () => (await endpointOf('hosts-attacker')) !== VICTIM, {
      timeoutMs: 90_000,
    });
    await until('nothing of it to be left', async () => (await mentions()).length === 0, {
      explain: async () => (await mentions()).join('\n'),
    });
    expect(await endpointOf('hosts-victim')).toBe(VICTIM);
    expect(await planeOf('hosts-attacker')).toBeDefined();
  });

  test('as the default name of another API is told to who would have had it', async () => {
    const name = 'late.hosts-attacker.k8s.hikube.cloud';
    await applyClaim(kube, attackerWith({ host: name }));
    await reserved(name);
    await applyClaim(kube, late);
    await until('the claim to be accepted with the warning', async () => {
      const claim = await kube.get(CLAIM, 'late', 'hosts-attacker');
      const told = list(claim, 'status', 'warnings').some(entry => text(entry, 'code') === 'NoPublicEndpoint');
      return told && text(condition(claim, 'Accepted'), 'status') === 'True';
    });
  });

  /** The reservation of a host, once there is one. */
  function reserved(host: string): Promise<KubeObject> {
    return until(`a reservation of ${host}`, async () => {
      const found = await kube.get(RESERVATION, names.hostReservation(host));
      return text(found, 'spec', 'host') === host ? found : undefined;
    });
  }

  function planeOf(namespace: string): Promise<KubeObject | undefined> {
    return kube.get(CONTROL_PLANE, 'shop', namespace);
  }

  async function endpointOf(namespace: string): Promise<string | undefined> {
    return text(await planeOf(namespace), 'spec', 'endpoint', 'host');
  }

  async function accepted(status: 'True' | 'False', reason: string): Promise<void> {
    await until(`the claim to be Accepted=${status} with ${reason}`, async () => {
      const found = condition(await kube.get(CLAIM, 'shop', 'hosts-attacker'), 'Accepted');
      return text(found, 'status') === status && text(found, 'reason') === reason;
    });
  }

  /** Objects that carry out a host and name the victim's, in the attacker's namespace. */
  async function mentions(): Promise<string[]> {
    const kinds: GVK[] = [
      CONTROL_PLANE,
      'controlplane.cluster.x-k8s.io/v1alpha2/KamajiControlPlane',
      'networking.k8s.io/v1/Ingress',
    ];
    const found = await Promise.all(kinds.map(kind => kube.list(kind, { namespace: 'hosts-attacker' })));
    return found
      .flat()
      .filter(entry => JSON.stringify(entry.spec).toLowerCase().includes(VICTIM))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  /** Writes the attacker's control plane as a function would have that took the host for the attacker's. */
  async function letThroughWith(host: string): Promise<void> {
    const plane = await planeOf('hosts-attacker');
    const manager = list(plane, 'metadata', 'managedFields')
      .filter(entry => text(entry, 'operation') === 'Apply')
      .flatMap(entry => text(entry, 'manager') ?? [])
      .find(entry => entry.includes('composed'));
    if (!plane || !manager) throw new Error('cannot write the control plane: nobody composed it');
    const { name, namespace, labels, annotations, ownerReferences } = plane.metadata;
    const { crossplane: _, ...spec } = object(plane, 'spec');
    await kube.apply(
      {
        apiVersion: plane.apiVersion,
        kind: plane.kind,
        metadata: {
          name,
          namespace,
          ...(labels && { labels }),
          ...(annotations && { annotations }),
          ...(ownerReferences && { ownerReferences }),
        },
        spec: { ...spec, endpoint: { host, ingressClass: 'nginx' } },
      },
      { fieldManager: manager },
    );
  }
});

test('a claim whose name would name what belongs to another is refused by admission', async () => {
  const kube = admin();
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'hosts-names' } });
  const answers = await Promise.all(
    ['shop-admin', 'shop-scheduler', 'shop-etcd-3f9a1c'].map(name =>
      kube.create(smallClaim('hosts-names', name, { version: 'v1.99' })).then(
        () => 'allowed',
        (error: unknown) => (error instanceof KubeError ? error.message : Promise.reject(error)),
      ),
    ),
  );
  for (const answer of answers) expect(answer).toContain('InvalidName at metadata.name');
  await kube.close();
});
