import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IngressEngine } from '../../src/api/ingress-engines.ts';
import { type AddonsSpec, addonsSpec, addonsStatus } from '../../src/api/parts/addons.ts';
import { platformSpec } from '../../src/api/platform.ts';
import type { KubeObject as OurObject } from '../../src/base/object.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { composeAddons } from '../../src/compose/addons.ts';
import { ingress } from '../../src/plan/change/gradual/ingress.ts';
import { facts } from '../../src/plan/change/testing/facts.ts';
import { acceptedOf } from '../../src/plan/observed.ts';
import { releasesOf } from '../../src/plan/target/addons/testing/context.ts';
import { targetOf } from '../../src/plan/target/index.ts';
import { targetContext } from '../../src/plan/target/testing/target.ts';
import { renderAddons } from '../../src/render/addons/index.ts';
import { renderPlatform } from '../../src/render/platform/index.ts';
import { createIdentity } from '../region/identities.ts';
import { at, condition } from '../region/json.ts';
import { connect, type KubeObject } from '../region/kube.ts';
import { type Nodes, rules, startNodes } from '../region/stand-ins/nodes/index.ts';
import { waitFor } from '../region/wait.ts';
import { type FluxGround, startFluxGround } from './flux-ground.ts';

const shop = { namespace: 'acme', name: 'shop' };
/** Without the role, so that the Pods run on any node. */
const GROUPS = { web: { instanceType: 's1.large', minReplicas: 1 } };
const HELM_RELEASE = 'helm.toolkit.fluxcd.io/v2/HelmRelease';

let ground: FluxGround;
/** Machines of the tenant, so that the Pods of an engine come to run. */
let nodes: Nodes;
/** The add-ons' child as it stands: what was last let through, and what it last said. */
let child: { spec: AddonsSpec; status: unknown } = { spec: { cluster: shop.name, releases: {} }, status: undefined };

beforeAll(async () => {
  ground = await startFluxGround(shop);
  const { kube, pki, dir, binaries, supervisor } = ground.tenant;
  const kubeconfig = await createIdentity(kube, pki.authority.cert, { namespace: 'nodes', name: 'nodes', rules });
  const log = (line: string) => console.log(line);
  nodes = await startNodes({
    kubeconfig,
    kube: connect(kubeconfig),
    log,
    tell: log,
    dir,
    binaries,
    processes: supervisor,
    signal: new AbortController().signal,
  });
  const spec = platformSpec.parse({ storageClasses: false, instanceTypes: false });
  for (const object of renderPlatform(spec, hikubeCatalog).values()) await ground.platform.kube.apply({ ...object });
});

afterAll(async () => {
  await nodes?.stop();
  await ground?.stop();
});

it('the engine of a living cluster changes while its Service and class stay the same objects (H65, H67)', async () => {
  await live('nginx', ['ingress-nginx']);
  const before = {
    service: uidOf(await service()),
    ip: at(await service(), 'spec', 'clusterIP'),
    class: uidOf(await ingressClass()),
  };
  expect(ownerOf(await service())).toBe('ingress-nginx');
  const same = async () => {
    const now = await service();
    expect({ service: uidOf(now), ip: at(now, 'spec', 'clusterIP'), class: uidOf(await ingressClass()) }).toEqual(
      before,
    );
    expect(portsOf(now)).toEqual([30000, 30001]);
  };

  await live('traefik', ['ingress', 'ingress-traefik'], same);
  expect(ownerOf(await service())).toBe('ingress');
  expect(ownerOf(await ingressClass())).toBe('ingress');
  expect(at(await service(), 'metadata', 'annotations', 'helm.sh/resource-policy')).toBeUndefined();
  expect(at(await service(), 'spec', 'selector')).toMatchObject({ 'app.kubernetes.io/instance': 'ingress-traefik' });

  await live('nginx', ['ingress', 'ingress-nginx'], same);
  expect(at(await service(), 'spec', 'selector')).toMatchObject({ 'app.kubernetes.io/instance': 'ingress-nginx' });

  await live(undefined, []);
  // The release is gone before the API server has ended what it took with it.
  await waitFor('Service and class to be gone', async () => !(await service()) && !(await ingressClass()));
});

it('without these steps the Service would be gone with the release that made it', async () => {
  const { 'ingress-nginx': nginx } = releasesOf({ ingressNginx: { enabled: true, hosts: ['www.example.com'] } });
  if (!nginx) throw new Error('no ingress-nginx');
  await compose({ cluster: shop.name, releases: { 'ingress-nginx': nginx } }, ['ingress-nginx']);
  expect(await service()).toBeDefined();
  const bare = { ...nginx, values: { ...nginx.values, controller: { service: { enabled: false } } } };
  await compose({ cluster: shop.name, releases: { 'ingress-nginx': bare } }, ['ingress-nginx']);
  await waitFor('the Service to be gone', async () => (await service()) === undefined);
});

/** Plays the plan of the engine's change and the composer against Flux until the wanted releases alone are there, all ready; `always` holds all along. */
async function live(engine: IngressEngine | undefined, releases: string[], always = async () => {}): Promise<void> {
  const broken: unknown[] = [];
  await waitFor(
    `ingress by ${engine ?? 'nothing'}`,
    async () => {
      const status = addonsStatus.safeParse(child.status).data;
      const observed = { pools: {}, addons: { spec: child.spec, ...(status ? { status } : {}) } };
      const addon = { enabled: engine !== undefined, ...(engine ? { engine } : {}), hosts: ['www.example.com'] };
      const asked = { addons: { ingressNginx: addon }, nodeGroups: GROUPS };
      const target = targetOf(targetContext(asked, { accepted: acceptedOf(observed) }));
      const { releases: all, ...spec } = ingress(target.children, target.context, facts({ observed })).children.addons;
      const ours = Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('ingress')));
      const settled = await round({ ...spec, releases: ours });
      await always().catch(error => broken.push(error));
      const wanted = [...releases].sort().join();
      if (settled.join() === wanted && Object.keys(ours).sort().join() === wanted) return true;
      throw new Error(`releases ${JSON.stringify(child.status)}`);
    },
    { timeoutMs: 240_000, everyMs: 500 },
  );
  expect(broken).toEqual([]);
}

async function compose(spec: AddonsSpec, releases: string[]): Promise<void> {
  await waitFor(`releases ${releases}`, async () => (await round(spec)).join() === releases.join());
}

/** One round of Crossplane: composes, applies, deletes, reports. Answers the releases that are up to date, others aside. */
async function round(spec: AddonsSpec): Promise<string[]> {
  const kube = ground.platform.kube;
  const found = await kube.list(HELM_RELEASE, { namespace: shop.namespace });
  const observed = new Map(found.map(object => [object.metadata.labels?.['hikube.cloud/addon'] ?? '', object]));
  const composite: OurObject = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeAddons',
    metadata: { name: 'shop-addons', namespace: shop.namespace },
    spec: asWritten(addonsSpec.parse(spec)),
  };
  const output = composeAddons({
    composite,
    observed: new Map([...observed].map(([name, object]): [string, OurObject] => [name, asWritten(object)])),
    required: new Map(),
    catalog: hikubeCatalog,
    now: new Date(0),
  });
  for (const object of renderAddons(shop, spec).values())
    await kube.apply({ ...object }, { fieldValidation: 'Strict' });
  for (const [name, object] of observed)
    if (!output.desired.has(name)) await kube.delete(HELM_RELEASE, object.metadata.name, shop.namespace);
  child = { spec, status: output.status };
  const pending = found.filter(object => !upToDate(object));
  return pending.length > 0 ? ['pending'] : [...observed.keys()].sort();
}

/** Data as it crosses the border to Crossplane. */
function asWritten(data: object) {
  return JSON.parse(JSON.stringify(data));
}

function upToDate(object: KubeObject): boolean {
  const current = at(object, 'status', 'observedGeneration') === object.metadata.generation;
  return current && !object.metadata.deletionTimestamp && condition(object, 'Ready')?.status === 'True';
}

function service(): Promise<KubeObject | undefined> {
  return ground.tenant.kube.get('v1/Service', 'ingress-nginx-controller', 'ingress-nginx');
}

function ingressClass(): Promise<KubeObject | undefined> {
  return ground.tenant.kube.get('networking.k8s.io/v1/IngressClass', 'nginx');
}

function uidOf(object: KubeObject | undefined): string {
  if (!object?.metadata.uid) throw new Error('it is gone');
  return object.metadata.uid;
}

function ownerOf(object: KubeObject | undefined): string | undefined {
  return object?.metadata.annotations?.['meta.helm.sh/release-name'];
}

function portsOf(object: KubeObject | undefined): unknown[] {
  return [0, 1].map(index => at(object, 'spec', 'ports', index, 'nodePort'));
}
