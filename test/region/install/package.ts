import { join } from 'node:path';
import { readObjects } from '../crds/read.ts';
import { rightsAggregated } from '../crossplane/roles.ts';
import { condition } from '../json.ts';
import { type Kube, type KubeObject, kindOf } from '../kube.ts';
import { waitFor } from '../wait.ts';
import { established } from './crds.ts';
import { inParallel } from './parallel.ts';

/** What is installed, and where from. */
export interface InstallOptions {
  /** Root of the checkout. */
  root: string;
  /** Changes or leaves out an object before it is applied, for tests of other catalogues or without a protection. */
  change?: ((object: KubeObject) => KubeObject | undefined) | undefined;
}

/**
 * Installs this repository's package as a platform team does: definitions, roles, policies and Compositions. Resolves
 * when Crossplane serves all kinds and has the rights to them.
 */
export async function installPackage(kube: Kube, options: InstallOptions): Promise<void> {
  const [rights, policies, definitions, compositions] = await Promise.all([
    read(options, 'package/rbac'),
    read(options, 'package/policies'),
    read(options, 'apis'),
    read(options, 'compositions'),
  ]);
  await inParallel([...rights, ...definitions], 8, object => kube.apply(object, { fieldValidation: 'Strict' }));
  await Promise.all([
    inParallel([...compositions, ...policies], 8, object => kube.apply(object, { fieldValidation: 'Strict' })),
    waitForDefinitions(kube, definitions),
  ]);
  await rightsAggregated(kube);
}

/** Applies the HikubePlatform of the examples, and waits for what every cluster relies on, such as storage classes. */
export async function installPlatform(kube: Kube, options: InstallOptions): Promise<void> {
  for (const platform of await read(options, 'examples/platform.yaml')) {
    await kube.apply(platform, { fieldValidation: 'Strict' });
    await waitFor('the platform to be Ready', async () => {
      const found = await kube.get(kindOf(platform), platform.metadata.name);
      const [synced, ready] = [condition(found, 'Synced'), condition(found, 'Ready')];
      if (synced?.status === 'True' && ready?.status === 'True') return true;
      throw new Error([synced?.message, ready?.message].filter(Boolean).join('; ') || 'Crossplane has not seen it yet');
    });
  }
}

async function read({ root, change = object => object }: InstallOptions, path: string): Promise<KubeObject[]> {
  const objects = await readObjects(join(root, path));
  return objects.flatMap(object => change(object) ?? []);
}

async function waitForDefinitions(kube: Kube, definitions: KubeObject[]): Promise<void> {
  const crds = definitions.filter(object => object.kind === 'CustomResourceDefinition');
  const xrds = definitions.filter(object => object.kind === 'CompositeResourceDefinition');
  await Promise.all([
    established(
      kube,
      crds.map(crd => crd.metadata.name),
    ),
    ...xrds.map(xrd => waitForXrd(kube, xrd)),
  ]);
}

async function waitForXrd(kube: Kube, xrd: KubeObject): Promise<void> {
  const { name } = xrd.metadata;
  const types = xrd.spec?.claimNames ? ['Established', 'Offered'] : ['Established'];
  await waitFor(`the definition ${name} to be offered`, async () => {
    const found = await kube.get(kindOf(xrd), name);
    return types.every(type => condition(found, type)?.status === 'True');
  });
  // Without its rights Crossplane would meet Forbidden and wait out a growing delay.
  const role = `crossplane:composite:${name}:aggregate-to-crossplane`;
  await waitFor(`the RBAC manager to grant ${name}`, async () => {
    return (await kube.get('rbac.authorization.k8s.io/v1/ClusterRole', role)) !== undefined;
  });
}
