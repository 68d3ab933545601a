import { isObject, type Json, type JsonObject } from './json.ts';

/** Whether two pieces of JSON say the same, in whatever order their keys come; a key without a value says nothing. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  for (const key in one) if (!isEqual(one[key], own(other, key))) return false;
  // What only the other one has must be a key without a value.
  for (const key in other) if (other[key] !== undefined && own(one, key) === undefined) return false;
  return true;
}

/** Names every object has (`constructor`) are values only where they are written. */
function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
