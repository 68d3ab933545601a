import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { KubeObject as Rendered } from '../../src/base/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { simulate } from '../../src/simulate/index.ts';
import type { JsonObject } from '../region/json.ts';
import type { Kube } from '../region/kube.ts';
import type { GVK, KubeObject } from '../region/kube-types.ts';
import { answer } from './support/answer.ts';
import { attacker, said, standing, writes } from './support/attacker.ts';
import { applyClaim, CLAIM, example, leaveClaim, smallClaim } from './support/claims.ts';
import { at, object, text } from './support/read.ts';
import { admin } from './support/region.ts';
import { until } from './support/wait.ts';

const namespace = 'attacks';
const GROUP = '/apis/hikube.cloud/v1alpha1';
const COMPOSITE: GVK = 'hikube.cloud/v1alpha1/XHikubeCluster';
const ETCD: GVK = 'hikube.cloud/v1alpha1/HikubeEtcd';
const RESERVATION: GVK = 'hikube.cloud/v1alpha1/HostReservation';

/** All that Crossplane's own roles may give whoever edits claims, the cluster-scoped kinds included. */
const CROSSPLANES_OWN = [
  { apiGroups: ['hikube.cloud', 'provider.hikube.cloud', 'protection.crossplane.io'], resources: ['*'], verbs: ['*'] },
];

/**
 * A tenant that has every right in its namespace by a wildcard Role, and beyond it all that Crossplane's roles for our
 * kinds give: what is refused here is refused by the policies, not for want of a Role.
 */
describe('what policies keep from a tenant with all rights', () => {
  let kube: Kube;
  let mallory: Kube;
  let etcd: KubeObject;
  let composite: KubeObject;
  let reservation: KubeObject;
  const claim = `${GROUP}/namespaces/${namespace}/hikubeclusters/mine`;

  beforeAll(async () => {
    kube = admin();
    await applyClaim(kube, smallClaim(namespace, 'mine'));
    mallory = await attacker(kube, inject('region').admin, namespace, 'mallory', CROSSPLANES_OWN);
    composite = await until('the composite', async () => {
      const found = text(await kube.get(CLAIM, 'mine', namespace), 'spec', 'resourceRef', 'name');
      return found ? kube.get(COMPOSITE, found) : undefined;
    });
    reservation = await until('the reservation of its host', async () => {
      const labelSelector = `crossplane.io/claim-name=mine,crossplane.io/claim-namespace=${namespace}`;
      return (await kube.list(RESERVATION, { labelSelector }))[0];
    });
    etcd = await until('a child with a status', async () => {
      const [child] = await kube.list(ETCD, { namespace });
      return child?.status && (await kube.get(CLAIM, 'mine', namespace))?.status ? child : undefined;
    });
  });
  afterAll(async () => {
    await leaveClaim(kube, smallClaim(namespace, 'mine'));
    await Promise.all([mallory.close(), kube.close()]);
  });

  const machinery: [string, JsonObject, RegExp][] = [
    ['ask for a look every second', annotations('crossplane.io/poll-interval', '1s'), /poll-interval/],
    ['pause its claim', annotations('crossplane.io/paused', 'true'), /paused/],
    ['name the composite of another', annotations('crossplane.io/external-name', 'other'), /external-name/],
    ['label itself as composed', labels('crossplane.io/composite', 'other'), /composite/],
    ['take a label of a group of Crossplane', labels('pkg.crossplane.io/package', 'other'), /pkg\.crossplane\.io/],
    ['change the finalizers', { metadata: { finalizers: ['forged.crossplane.io/hold'] } }, /forged\.crossplane\.io/],
    ['choose a Composition', { spec: { compositionRef: { name: 'other' } } }, /compositionRef/],
    ['choose by labels', { spec: { compositionSelector: { matchLabels: { a: 'b' } } } }, /compositionSelector/],
    ['choose a revision', { spec: { compositionRevisionRef: { name: 'other' } } }, /compositionRevisionRef/],
    ['stay on a revision', { spec: { compositionUpdatePolicy: 'Manual' } }, /compositionUpdatePolicy/],
    ['leave its cluster behind', { spec: { compositeDeletePolicy: 'Background' } }, /compositeDeletePolicy/],
    ['take the composite of another', { spec: { resourceRef: reference('other') } }, /resourceRef/],
  ];

  describe.each(writes)('by $title', ({ send }) => {
    test.each(machinery)('it may not %s', async (_, change, path) => {
      const before = await kube.get(CLAIM, 'mine', namespace);
      const refusal = await send(mallory, claim, change);
      expect(refusal).toMatch(/^403 .*InvalidField/);
      expect(refusal).toMatch(path);
      const after = await kube.get(CLAIM, 'mine', namespace);
      expect(standing(after, change)).toEqual(standing(before, change));
    });

    test('it may write what is its own, and the platform may write what is not', async () => {
      expect(await send(mallory, claim, annotations('example.com/team', 'shop'))).toMatch(/^20/);
    });

    test('it may not write a status', async () => {
      const lie = { status: { version: 'v9.9.9' } };
      expect(await send(mallory, `${claim}/status`, lie)).toMatch(/^403 .*only Crossplane/);
    });

    test('it may not write a child, its status or a composite', async () => {
      const children = `${GROUP}/namespaces/${namespace}/hikubeetcds/${etcd.metadata.name}`;
      const change = { spec: { zones: ['gland'] } };
      expect(await send(mallory, children, change)).toMatch(/^403 .*only Crossplane/);
      expect(await send(mallory, `${children}/status`, { status: { message: 'x' } })).toMatch(/^403 .*only Crossplane/);
      const above = `${GROUP}/xhikubeclusters/${composite.metadata.name}`;
      expect(await send(mallory, above, { spec: { version: 'v1.33' } })).toMatch(/^403 .*only Crossplane/);
      expect(await send(mallory, `${GROUP}/hikubeplatforms/default`, { spec: { storageClasses: false } })).toMatch(
        /^403 .*only Crossplane/,
      );
    });
  });

  test('the same keys are let through for the platform, so that it is the policy that refuses', async () => {
    const [merge] = writes.filter(({ title }) => title.includes('dry run'));
    for (const [, change] of machinery) expect(await merge?.send(kube, claim, change)).toMatch(/^200/);
  });

  test.each(machinery)('a new claim may not %s either', async (_, change) => {
    const fresh = smallClaim(namespace, 'fresh', object(change, 'spec'));
    const metadata = { ...fresh.metadata, ...object(change, 'metadata') };
    const path = `${GROUP}/namespaces/${namespace}/hikubeclusters`;
    for (const query of ['', '?dryRun=All']) {
      const tried = said(await mallory.raw('POST', path + query, { ...fresh, metadata }));
      expect(tried).toMatch(/^403 .*InvalidField/);
    }
  });

  test('it may not make children, composites, reservations or Usages, whoever it names as their owner', async () => {
    const owner = {
      apiVersion: composite.apiVersion,
      kind: composite.kind,
      name: composite.metadata.name,
      uid: composite.metadata.uid ?? '',
      controller: true,
      blockOwnerDeletion: true,
    };
    const forged = (body: KubeObject): KubeObject => {
      const { namespace: scope } = body.metadata;
      return { ...body, metadata: { name: 'forged', ...(scope && { namespace: scope }), ownerReferences: [owner] } };
    };
    const rendered: KubeObject[] = simulate(asked(example('quick-start.yaml', namespace)), hikubeCatalog)
      .flatMap(appliedObjects)
      .filter(({ apiVersion }) => /^(hikube\.cloud|protection\.crossplane\.io)\//.test(apiVersion));
    const tried = [
      ...rendered.map(forged),
      clusterScoped('XHikubeCluster', {
        claimRef: { ...reference('theirs'), kind: 'HikubeCluster', namespace: 'acme' },
      }),
      clusterScoped('HikubePlatform', {}),
      usage('Usage', 'ConfigMap', namespace),
      usage('ClusterUsage', 'Namespace'),
    ];
    expect(new Set(tried.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(9);
    for (const body of tried) {
      expect(`${body.kind}: ${await answer(mallory.create(body))}`).toMatch(/: 403 .*only Crossplane/);
    }
  });

  test.each([
    [`namespaces/${namespace}/hikubeetcds`, () => etcd.metadata.name],
    ['xhikubeclusters', () => composite.metadata.name],
    ['hikubeplatforms', () => 'default'],
    ['hostreservations', () => reservation.metadata.name],
  ])('it may not delete %s one by one or all at once', async (resources, nameOfOne) => {
    // Those of other claims may be on their way out by their own.
    const path = `${GROUP}/${resources}/${nameOfOne()}`;
    const before = await kube.raw('GET', path);
    expect(before.status).toBe(200);
    expect(said(await mallory.raw('DELETE', path))).toMatch(/^403 .*only/);
    expect(said(await mallory.raw('DELETE', `${GROUP}/${resources}`))).toMatch(/^403 .*only/);
    const after = await kube.raw('GET', path);
    expect(text(after.body, 'metadata', 'uid')).toBe(text(before.body, 'metadata', 'uid') ?? 'its uid');
    expect(at(after.body, 'metadata', 'deletionTimestamp')).toBeUndefined();
  });

  test('the right to choose Compositions counts only for the whole cluster, and chooses nothing else', async () => {
    const rules = [{ apiGroups: ['policy.hikube.cloud'], resources: ['compositions'], verbs: ['choose'] }];
    const chooser = await attacker(kube, inject('region').admin, namespace, 'chooser', rules);
    const [dryRun] = writes.filter(({ title }) => title.includes('dry run'));
    const choose = { spec: { compositionRef: { name: 'hikube-cluster-hosted' } } };
    expect(await dryRun?.send(chooser, claim, choose)).toMatch(/^200/);
    expect(await dryRun?.send(mallory, claim, choose)).toMatch(/^403 /);
    const take = { spec: { resourceRef: reference('other') } };
    expect(await dryRun?.send(chooser, claim, take)).toMatch(/^403 .*resourceRef/);
    const pause = annotations('crossplane.io/paused', 'true');
    expect(await dryRun?.send(chooser, claim, pause)).toMatch(/^403 .*paused/);
    await chooser.close();
  });
});

function annotations(key: string, value: string): JsonObject {
  return { metadata: { annotations: { [key]: value } } };
}

function labels(key: string, value: string): JsonObject {
  return { metadata: { labels: { [key]: value } } };
}

function reference(name: string): JsonObject {
  return { apiVersion: 'hikube.cloud/v1alpha1', kind: 'XHikubeCluster', name };
}

function clusterScoped(kind: string, spec: JsonObject): KubeObject {
  return { apiVersion: 'hikube.cloud/v1alpha1', kind, metadata: { name: 'forged' }, spec };
}

function usage(kind: string, of: string, scope?: string): KubeObject {
  return {
    apiVersion: 'protection.crossplane.io/v1beta1',
    kind,
    metadata: { name: 'forged', ...(scope && { namespace: scope }) },
    spec: { of: { apiVersion: 'v1', kind: of, resourceRef: { name: 'x' } }, reason: 'mine' },
  };
}

/** A claim as a person writes it. */
function asked({ apiVersion, kind, metadata, spec }: KubeObject): Rendered {
  const { name, namespace: scope = 'default' } = metadata;
  return { apiVersion, kind, metadata: { name, namespace: scope }, spec: JSON.parse(JSON.stringify(spec)) };
}
