import { condition } from '../json.ts';
import type { Kube, KubeObject } from '../kube.ts';
import { waitFor } from '../wait.ts';
import { inParallel } from './parallel.ts';

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
    const all = await kube.list('apiextensions.k8s.io/v1/CustomResourceDefinition');
    const served = new Set(
      all.filter(crd => condition(crd, 'Established')?.status === 'True').map(crd => crd.metadata.name),
    );
    const missing = names.filter(name => !served.has(name));
    if (missing.length > 0) throw new Error(`not served yet: ${missing.join(', ')}`);
    return true;
  });
}
