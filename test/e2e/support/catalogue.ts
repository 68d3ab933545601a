import type { JsonObject } from '../../region/json.ts';
import type { Kube } from '../../region/kube.ts';
import { object } from './read.ts';

const COMPOSITION = 'apiextensions.crossplane.io/v1/Composition';

/** Gives the Composition of the platform object a catalogue of its own for a while; without one it has Hikube's again. */
export async function setPlatformCatalogue(kube: Kube, overlay: JsonObject = {}): Promise<void> {
  const step = object(await kube.get(COMPOSITION, 'hikube-platform'), 'spec', 'pipeline', 0);
  const { apiVersion, kind } = object(step, 'input');
  const pipeline = [{ ...step, input: { apiVersion, kind, ...overlay } }];
  await kube.mergePatch(COMPOSITION, 'hikube-platform', undefined, { spec: { pipeline } });
}
