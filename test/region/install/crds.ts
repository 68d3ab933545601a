import { condition } from '../json.ts';
import type { Kube, KubeObject } from '../kube.ts';
import { waitFor } from '../wait.ts';
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
  await waitFor('the custom resource definitions to be served', async () => {
    const all = await kube.list(CRD);
    const served = new Set(
      all.filter(crd => condition(crd, 'Established')?.status === 'True').map(crd => crd.metadata.name),
    );
    const missing = names.filter(name => !served.has(name));
    if (missing.length > 0) throw new Error(`not served yet: ${missing.join(', ')}`);
    return true;
  });
}

const CRD = 'apiextensions.k8s.io/v1/CustomResourceDefinition';
