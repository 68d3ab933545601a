import { condition } from '../json.ts';
import type { Kube, KubeObject } from '../kube.ts';
import { waitForObjects } from '../wait.ts';
import { inParallel } from './parallel.ts';

/** Tells definitions that are served already where their conversion webhooks are in this region. */
export async function pointConversions(kube: Kube, crds: KubeObject[]): Promise<void> {
  const converted = crds.filter(crd => crd.spec?.conversion !== undefined);
  await inParallel(converted, 8, ({ metadata, spec }) =>
    kube.mergePatch(CRD, metadata.name, undefined, { spec: { conversion: spec?.conversion } }),
  );
}

/** Applies definitions and waits until the API server serves them. */
export async function applyCrds(kube: Kube, crds: KubeObject[]): Promise<void> {
  await inParallel(crds, 8, crd => kube.apply(crd));
  await established(
    kube,
    crds.map(crd => crd.metadata.name),
  );
}

/** Waits until definitions of these names are served. */
export async function established(kube: Kube, names: string[]): Promise<void> {
  await waitForObjects(kube, CRD, 'custom resource definitions', crds =>
    names
      .filter(name => condition(crds.get(name), 'Established')?.status !== 'True')
      .map(name => `${name} is not served yet`),
  );
}

const CRD = 'apiextensions.k8s.io/v1/CustomResourceDefinition';
