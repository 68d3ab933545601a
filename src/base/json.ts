/** Plain JSON, as it crosses every border of the pure core. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** Narrows unknown JSON to an object; arrays and null are not objects. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a number arrives as it is written: the wire knows doubles alone, and JSON neither NaN nor infinity. */
export function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

/**
 * Reads the value at a path of keys and indexes, or `undefined` where the path leaves the data.
 *
 * @example at(machineDeployment, 'status', 'replicas')
 */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let here: unknown = value;
  for (const key of path) {
    if (Array.isArray(here) && typeof key === 'number') here = here[key];
    else if (isObject(here)) here = here[key];
    else return undefined;
  }
  return here;
}

export function stringAt(value: unknown, ...path: (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...path: (string | number)[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

export function booleanAt(value: unknown, ...path: (string | number)[]): boolean | undefined {
  const found = at(value, ...path);
  return typeof found === 'boolean' ? found : undefined;
}

/** The array at a path, or an empty one. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The object at a path, or an empty one. */
export function objectAt(value: unknown, ...path: (string | number)[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** The entry of a map by a name that somebody wrote: names every JavaScript object has (`constructor`) mean nothing. */
export function entryOf<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Entries in the order of their keys: maps arrive over gRPC in any order, and what we answer must not depend on it. */
export function byKey<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The same data with the keys of every object in order, so that equal data is treated alike however it arrived. */
export function inKeyOrder(data: JsonObject): JsonObject {
  return Object.fromEntries(byKey(data).map(([key, value]) => [key, ordered(value)]));
}

function ordered(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map(item => ordered(item) ?? null);
  return isObject(value) ? inKeyOrder(value) : value;
}
