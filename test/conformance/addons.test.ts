import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { platformSpec } from '../../src/api/children/platform.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { releasesOf } from '../../src/plan/addons/testing/context.ts';
import { renderAddons } from '../../src/render/addons/index.ts';
import { renderPlatform } from '../../src/render/platform/index.ts';
import { loadCrds } from '../region/crds.ts';
import { startHelmController } from '../region/flux/helm-controller.ts';
import { createIdentity } from '../region/identities.ts';
import { applyCrds } from '../region/install/crds.ts';
import { condition, str } from '../region/json.ts';
import { connect } from '../region/kube.ts';
import { rules, startSources } from '../region/stand-ins/sources/start.ts';
import { waitFor } from '../region/wait.ts';
import { type BareCluster, startBareCluster } from './clusters.ts';

const shop = { namespace: 'acme', name: 'shop' };
const on = { enabled: true };
const everything = {
  certManager: on,
  ingressNginx: on,
  fluxcd: { ...on, valuesOverride: { gitRepository: { url: 'https://git.example/acme/apps' } } },
  monitoringAgents: on,
  gatewayAPI: on,
  gpuOperator: on,
  velero: on,
  verticalPodAutoscaler: {},
};

let platform: BareCluster;
let tenant: BareCluster;
let sources: { stop(): Promise<void> };

beforeAll(async () => {
  [platform, tenant] = await Promise.all([startBareCluster(), startBareCluster()]);
  const { kube, pki, supervisor, binaries, dir } = platform;
  const nowhere = { url: 'https://127.0.0.1:1', ca: pki.authority.cert };
  const crds = await loadCrds({ conversion: { core: nowhere, bootstrap: nowhere }, log: () => undefined });
  await applyCrds(
    kube,
    crds.filter(crd => str(crd.spec?.group)?.endsWith('toolkit.fluxcd.io')),
  );
  const ca = pki.authority.cert;
  const kubeconfig = await createIdentity(kube, ca, { namespace: 'flux-system', name: 'source-controller', rules });
  const log = (line: string) => console.log(line);
  const signal = new AbortController().signal;
  sources = await startSources({
    kubeconfig,
    kube: connect(kubeconfig),
    log,
    tell: log,
    dir,
    binaries,
    processes: supervisor,
    signal,
  });
  const folder = join(dir, 'flux');
  await mkdir(folder);
  await startHelmController({
    kube,
    supervisor,
    binary: binaries('helm-controller'),
    dir: folder,
    ca,
    proxyUrl: 'http://127.0.0.1:1',
  });
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: shop.namespace } });
  await kube.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'shop-kubeconfig', namespace: shop.namespace },
    data: { value: Buffer.from(tenant.kubeconfig).toString('base64') },
  });
});

afterAll(async () => {
  await sources?.stop();
  await Promise.all([platform?.stop(), tenant?.stop()]);
});

it('Flux installs every add-on from the sources of the platform, as we ask for it', async () => {
  const spec = platformSpec.parse({ storageClasses: false, instanceTypes: false });
  const releases = renderAddons(shop, { cluster: shop.name, releases: releasesOf(everything) });
  for (const object of [...renderPlatform(spec, hikubeCatalog).values(), ...releases.values()]) {
    await platform.kube.apply({ ...object }, { fieldValidation: 'Strict' });
  }
  for (const { metadata } of releases.values()) {
    await waitFor(`release ${metadata.name}`, async () => {
      const found = await platform.kube.get('helm.toolkit.fluxcd.io/v2/HelmRelease', metadata.name, shop.namespace);
      const state = condition(found, 'Ready');
      if (state?.status === 'True') return true;
      throw new Error(`${state?.reason}: ${state?.message}`);
    });
  }
  const parameters = await tenant.kube.get('v1/ConfigMap', 'nvidia-kernel-module-params', 'gpu-operator');
  expect(parameters?.data).toEqual({ 'nvidia.conf': 'NVreg_NvLinkDisable=1\n' });
});
