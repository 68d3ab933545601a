import { PART_API_VERSION } from '../../api/group.ts';
import type { JsonObject } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { hikubeCatalog } from '../../catalog/index.ts';
import { withReadyStatus } from '../../readiness/index.ts';
import type { ComposeInput, Composer } from '../types.ts';

/** Input for a child composite of the cluster `shop` in namespace `acme`. */
export function childInput(
  kind: string,
  spec: object,
  observed: ReadonlyMap<string, KubeObject> = new Map(),
  status: JsonObject = {},
): ComposeInput {
  const composite = {
    apiVersion: PART_API_VERSION,
    kind,
    metadata: { name: 'shop', namespace: 'acme' },
    spec: { ...spec },
    status,
  };
  return { composite, observed, required: new Map(), catalog: hikubeCatalog, now: new Date(0) };
}

/** Everything a composer wants in the end, as it is observed once ready: what is held back at first comes in later rounds. */
export function allReady(compose: Composer, input: ComposeInput): Map<string, KubeObject> {
  const { desired } = compose(input);
  const observed = new Map([...desired].map(([name, { object }]) => [name, withReadyStatus(object)]));
  return observed.size === input.observed.size ? observed : allReady(compose, { ...input, observed });
}
