/** Place of a value: keys and indexes from the root. */
export type Place = readonly (string | number)[];

/**
 * Visits every value below the root of plain data, parents first; `visit` ends the walk by answering `false`.
 * The place is one array that grows and shrinks on the way: who keeps it must copy it.
 *
 * @returns whether the walk came to its end
 */
export function walk(root: unknown, visit: (value: unknown, place: Place) => boolean): boolean {
  return below(root, [], visit);
}

function below(parent: unknown, place: (string | number)[], visit: (value: unknown, place: Place) => boolean): boolean {
  if (typeof parent !== 'object' || parent === null) return true;
  const each = (key: string | number, value: unknown) => {
    place.push(key);
    const goOn = visit(value, place) && below(value, place, visit);
    place.pop();
    return goOn;
  };
  if (Array.isArray(parent)) return parent.every((value, index) => each(index, value));
  // In place, not by a list of entries: a walk that ends early must not first read a map of any size.
  for (const key in parent) {
    if (Object.hasOwn(parent, key) && !each(key, Reflect.get(parent, key))) return false;
  }
  return true;
}
