import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readObjects } from '../crds/read.ts';
import { rightsAggregated } from '../crossplane/roles.ts';
import { condition } from '../json.ts';
import { type Kube, type KubeObject, kindOf } from '../kube.ts';
import { waitForObjects } from '../wait.ts';
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
 * Installs what the repository's kustomization lists, which is what the install page's one command applies. Resolves
 * when Crossplane serves all kinds and has the rights to them.
 */
export async function installPackage(kube: Kube, options: InstallOptions): Promise<void> {
  const objects = (await Promise.all((await listed(options.root)).map(file => read(options, file)))).flat();
  // By the manager kubectl has, so that the page's command applies the same again without a conflict.
  await inParallel(objects, 8, object => kube.apply(object, { fieldManager: 'kubectl', fieldValidation: 'Strict' }));
  await waitForDefinitions(kube, objects);
  await rightsAggregated(kube);
}

/** Applies the HikubePlatform of the examples, and waits for what every cluster relies on, such as storage classes. */
export async function installPlatform(kube: Kube, options: InstallOptions): Promise<void> {
  for (const platform of await read(options, 'examples/platform.yaml')) {
    await kube.apply(platform, { fieldValidation: 'Strict' });
    await waitForObjects(kube, kindOf(platform), 'the platform to be Ready', found =>
      unmet(found.get(platform.metadata.name), ['Synced', 'Ready']),
    );
  }
}

/** Files of the kustomization at the root of the checkout. */
async function listed(root: string): Promise<string[]> {
  const text = await readFile(join(root, 'kustomization.yaml'), 'utf8');
  return z.object({ resources: z.array(z.string()) }).parse(parse(text)).resources;
}

async function read({ root, change = object => object }: InstallOptions, path: string): Promise<KubeObject[]> {
  const objects = await readObjects(join(root, path));
  return objects.flatMap(object => change(object) ?? []);
}

async function waitForDefinitions(kube: Kube, objects: KubeObject[]): Promise<void> {
  const crds = objects.filter(object => object.kind === 'CustomResourceDefinition');
  const xrds = objects.filter(object => object.kind === 'CompositeResourceDefinition');
  await established(
    kube,
    crds.map(crd => crd.metadata.name),
  );
  await waitForObjects(kube, XRD, 'Crossplane to serve all kinds', found =>
    xrds.flatMap(({ metadata, spec }) =>
      unmet(found.get(metadata.name), spec?.claimNames ? ['Established', 'Offered'] : ['Established']).map(
        cause => `${metadata.name}: ${cause}`,
      ),
    ),
  );
  // Without its rights Crossplane would meet Forbidden and wait out a growing delay.
  await waitForObjects(kube, ROLE, 'the RBAC manager to grant all kinds', roles =>
    xrds
      .map(({ metadata }) => `crossplane:composite:${metadata.name}:aggregate-to-crossplane`)
      .filter(name => !roles.has(name)),
  );
}

function unmet(object: KubeObject | undefined, types: string[]): string[] {
  return types
    .filter(type => condition(object, type)?.status !== 'True')
    .map(type => `${type} is not True yet: ${condition(object, type)?.message || 'nothing is said'}`);
}

const XRD = 'apiextensions.crossplane.io/v1/CompositeResourceDefinition';
const ROLE = 'rbac.authorization.k8s.io/v1/ClusterRole';
