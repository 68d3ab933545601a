import { API_VERSION, type CompositeKind, GROUP, isPartKind, KINDS } from '../api/group.ts';
import { at, listAt, stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { ComposeError, type Composer } from '../compose/types.ts';

/** A composer per kind; a table with fewer kinds knows fewer. */
export type Composers = Readonly<Partial<Record<CompositeKind, Composer>>>;

/**
 * Finds who composes a composite, by its group and kind.
 *
 * @throws ComposeError for a kind nobody composes, and for a part that no cluster made: its spec holds resolved
 * values that skip every check of the plan, so only the plan may write it
 */
export function route(composite: KubeObject, composers: Composers): Composer {
  const { apiVersion, kind } = composite;
  const known = Object.entries(composers).map(([name, composer]) => ({ name, composer }));
  const found = groupOf(apiVersion) === GROUP ? known.find(({ name }) => name === kind)?.composer : undefined;
  if (!found) {
    const names = known.map(({ name }) => name).join(', ');
    throw new ComposeError(
      'UnknownKind',
      `cannot compose ${kind} of ${apiVersion}: this function composes ${names} of ${API_VERSION}`,
    );
  }
  if (isPartKind(kind) && !madeByCluster(composite)) {
    throw new ComposeError(
      'NotOwned',
      `cannot compose ${kind} ${composite.metadata.name}: it is not controlled by an ${KINDS.cluster} of ` +
        `${API_VERSION}; write a claim instead, its ${kind} is made for it`,
    );
  }
  return found;
}

function madeByCluster(composite: KubeObject): boolean {
  return listAt(composite, 'metadata', 'ownerReferences').some(
    owner =>
      at(owner, 'controller') === true &&
      stringAt(owner, 'apiVersion') === API_VERSION &&
      stringAt(owner, 'kind') === KINDS.cluster,
  );
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
