import { isEqual } from '../base/equal.ts';
import { type JsonObject, objectAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import type { ComposeOutput } from '../compose/types.ts';
import { withReadyStatus } from '../readiness/index.ts';
import { compositeKind } from './composite.ts';
import { applied, composedAs, isSame } from './stored-object.ts';
import type { SimulatedComposite, Standing } from './types.ts';

/** A composite with all that stands below it among the objects of a cluster, as Crossplane knows it again. */
export function standing(object: KubeObject, all: readonly KubeObject[]): Standing {
  const composed = new Map<string, KubeObject>();
  const children = new Map<string, Standing>();
  for (const found of all) {
    const name = composedAs(found, object);
    if (name === undefined) continue;
    composed.set(name, found);
    if (compositeKind(found)) children.set(name, standing(found, all));
  }
  return { object, desired: new Map(), composed, children };
}

/** Everything that stands, the composite itself included. */
export function objectsOf({ object, composed, children }: Standing): KubeObject[] {
  const below = [...children.values()].flatMap(objectsOf);
  return [object, ...[...composed.values()].filter(found => !compositeKind(found)), ...below];
}

/**
 * What stands after a round on a platform where all is well: what is desired is applied and ready, what is left out is
 * gone with all below it, and every composite says what the function said of it.
 *
 * @param given the composite as it is applied in the same round; its spec is for the next
 */
export function afterRound(before: Standing, round: SimulatedComposite, given: KubeObject = before.object): Standing {
  const desired = new Map([...round.output.desired].map(([name, { object }]) => [name, object]));
  const composed = new Map<string, KubeObject>();
  const children = new Map<string, Standing>();
  for (const [name, object] of desired) {
    const present = before.composed.get(name);
    if (compositeKind(object)) {
      const child = childAfter(before, round, name, object);
      children.set(name, child);
      composed.set(name, child.object);
    } else if (present && isEqual(before.desired.get(name), object)) composed.set(name, present);
    else composed.set(name, withReadyStatus(applied(object, before.object, name, present)));
  }
  return { object: reported(given, round.output, [...composed.values()]), desired, composed, children };
}

function childAfter(before: Standing, round: SimulatedComposite, name: string, desired: KubeObject): Standing {
  const [present, played] = [before.children.get(name), round.children.get(name)];
  const object = applied(desired, before.object, name, present?.object);
  return present && played && isSame(present.object, object)
    ? afterRound(present, played, object)
    : { object, desired: new Map(), composed: new Map(), children: new Map() };
}

/** A composite with what the function says of it, and what Crossplane says and records. */
function reported(given: KubeObject, output: ComposeOutput, composed: KubeObject[]): KubeObject {
  const { status: _, ...object } = withRecords(given, composed);
  const isReady = output.ready ?? [...output.desired.values()].every(({ ready }) => ready);
  const conditions = isReady ? objectAt(withReadyStatus(object), 'status') : {};
  return { ...object, status: { ...output.status, ...conditions } };
}

/** Where Crossplane has recorded what is composed, it goes on doing so: beside the fields of a claim, or on their own. */
function withRecords(object: KubeObject, composed: KubeObject[]): KubeObject {
  const spec = objectAt(object, 'spec');
  const crossplane = objectAt(spec, 'crossplane');
  const resourceRefs = composed.map(
    ({ apiVersion, kind, metadata }): JsonObject => ({ apiVersion, kind, name: metadata.name }),
  );
  if (spec.resourceRefs) return { ...object, spec: { ...spec, resourceRefs } };
  if (crossplane.resourceRefs) return { ...object, spec: { ...spec, crossplane: { ...crossplane, resourceRefs } } };
  return object;
}
