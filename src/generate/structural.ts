import { z } from 'zod';
import { isObject, type JsonObject } from '../base/json.ts';
import { present } from '../base/present.ts';

/** Keywords that a Kubernetes structural schema forbids, or that say nothing there. */
const DROPPED = new Set(['$schema', 'propertyNames', 'exclusiveMinimum', 'exclusiveMaximum', 'anyOf', 'oneOf']);
const ANYTHING = { 'x-kubernetes-preserve-unknown-fields': true };

/**
 * The OpenAPI v3 schema of a zod schema in the structural form that Kubernetes demands of a resource definition:
 * what a writer may send, so that fields with a default are optional.
 *
 * Unions and unknown values have no structural form and become "any value"; the plan checks them.
 */
export function structuralSchema(schema: z.ZodType): JsonObject {
  const generated: unknown = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  return structural(generated);
}

function structural(node: unknown): JsonObject {
  if (!isObject(node)) throw new Error(`cannot generate a schema: expected an object, found ${JSON.stringify(node)}`);
  const result: JsonObject = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (DROPPED.has(keyword) || isSafeIntegerBound(keyword, value)) continue;
    if (keyword === 'properties' && isObject(value)) result[keyword] = mapValues(value, structural);
    else if (keyword === 'items') result[keyword] = structural(value);
    else if (keyword === 'additionalProperties') Object.assign(result, valuesOf(value));
    else result[keyword] = value;
  }
  return inReadingOrder('type' in result ? result : { ...result, ...ANYTHING });
}

/** What a field is comes first, its children last; zod's own order differs from field to field. */
function inReadingOrder(schema: JsonObject): JsonObject {
  const { type, description, default: fallback, required, items, properties, additionalProperties, ...rules } = schema;
  return present({ type, description, default: fallback, ...rules, required, items, properties, additionalProperties });
}

/** Values of a map; a map of anything is an object that keeps what it does not know. */
function valuesOf(node: unknown): JsonObject {
  if (node === false) return {};
  if (isObject(node) && Object.keys(node).length > 0) return { additionalProperties: structural(node) };
  return ANYTHING;
}

/** zod states JavaScript's own limits for every integer; they are no rule of ours. */
function isSafeIntegerBound(keyword: string, value: unknown): boolean {
  return (
    (keyword === 'minimum' && value === Number.MIN_SAFE_INTEGER) ||
    (keyword === 'maximum' && value === Number.MAX_SAFE_INTEGER)
  );
}

function mapValues(source: JsonObject, change: (value: unknown) => JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, change(value)]));
}
