import type { KubeObject } from '../base/object.ts';
import type { SimulatedComposite } from './types.ts';

/**
 * The objects Crossplane applies for one composite: as the function returns them, before the API server's defaults and
 * Crossplane's own labels and owner references.
 */
export function appliedObjects({ output }: SimulatedComposite): KubeObject[] {
  return [...output.desired.values()].map(({ object }) => object);
}
