import { setTimeout as sleep } from 'node:timers/promises';
import { at, list, str } from '../json.ts';
import type { GVK, Kube, KubeObject } from '../kube.ts';
import { patience } from '../patience.ts';

const timeoutMs = 60_000;

/** Applies definitions and waits until every kind is served: the API server takes a moment after it accepted them. */
export async function installCrds(kube: Kube, crds: KubeObject[]): Promise<void> {
  await Promise.all(crds.map(crd => kube.apply(crd, { fieldManager: 'region' })));
  const deadline = Date.now() + patience(timeoutMs);
  for (const kind of crds.flatMap(servedKinds)) {
    while (!(await isServed(kube, kind))) {
      if (Date.now() > deadline) throw new Error(`cannot install definitions: ${kind} is not served after a minute`);
      await sleep(100);
    }
  }
}

function servedKinds(crd: KubeObject): GVK[] {
  const group = str(at(crd.spec, 'group'));
  const kind = str(at(crd.spec, 'names', 'kind'));
  return list(at(crd.spec, 'versions'))
    .filter(version => at(version, 'served') === true)
    .map((version): GVK => `${group}/${str(at(version, 'name'))}/${kind}`);
}

function isServed(kube: Kube, kind: GVK): Promise<boolean> {
  return kube.resource(kind).then(
    () => true,
    () => false,
  );
}
