import { afterAll, beforeAll, expect, it } from 'vitest';
import { platformSpec } from '../../src/api/platform.ts';
import { hikubeCatalog } from '../../src/catalog/index.ts';
import { releasesOf } from '../../src/plan/target/addons/testing/context.ts';
import { renderAddons } from '../../src/render/addons/index.ts';
import { renderPlatform } from '../../src/render/platform/index.ts';
import { condition } from '../region/json.ts';
import { waitFor } from '../region/wait.ts';
import { type FluxGround, startFluxGround } from './flux-ground.ts';

const shop = { namespace: 'acme', name: 'shop' };
const on = { enabled: true };
const everything = {
  certManager: on,
  // An address of its own would be waited for, and nobody gives one here.
  ingressNginx: { ...on, hosts: ['www.example.com'] },
  fluxcd: { ...on, valuesOverride: { gitRepository: { url: 'https://git.example/acme/apps' } } },
  monitoringAgents: on,
  gatewayAPI: on,
  gpuOperator: on,
  velero: on,
  verticalPodAutoscaler: {},
};

let ground: FluxGround;

beforeAll(async () => {
  ground = await startFluxGround(shop);
});

afterAll(async () => {
  await ground?.stop();
});

it('Flux installs every add-on from the sources of the platform, as we ask for it', async () => {
  const spec = platformSpec.parse({ storageClasses: false, instanceTypes: false });
  const releases = renderAddons(shop, { cluster: shop.name, releases: releasesOf(everything) });
  for (const object of [...renderPlatform(spec, hikubeCatalog).values(), ...releases.values()]) {
    await ground.platform.kube.apply({ ...object }, { fieldValidation: 'Strict' });
  }
  for (const { metadata } of releases.values()) {
    await waitFor(`release ${metadata.name}`, async () => {
      const found = await ground.platform.kube.get(
        'helm.toolkit.fluxcd.io/v2/HelmRelease',
        metadata.name,
        shop.namespace,
      );
      const state = condition(found, 'Ready');
      if (state?.status === 'True') return true;
      throw new Error(`${state?.reason}: ${state?.message}`);
    });
  }
  const parameters = await ground.tenant.kube.get('v1/ConfigMap', 'nvidia-kernel-module-params', 'gpu-operator');
  expect(parameters?.data).toEqual({ 'nvidia.conf': 'NVreg_NvLinkDisable=1\n' });
});
