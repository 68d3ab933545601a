import fc from 'fast-check';
import type { z } from 'zod';
import { isObject, type Json, type JsonObject, objectAt } from '../../src/base/json.ts';
import { join, jsonSchemaOf, optionsOf } from './places.ts';

/**
 * What stands at a place of a schema. Places are written `nodeGroups.*.taints[].key`; the names of a map have the place
 * `nodeGroups.<name>`.
 */
export type Values = Readonly<Record<string, fc.Arbitrary<Json>>>;

/** Data of any kind the schema knows, from its own bounds and patterns but for places whose values are given. */
export function fromSchema(schema: z.ZodType, values: Values): fc.Arbitrary<Json> {
  return arbitraryOf(jsonSchemaOf(schema), '', values);
}

function arbitraryOf(schema: JsonObject, place: string, values: Values): fc.Arbitrary<Json> {
  const given = values[place];
  if (given) return given;
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return anyObject;
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const options = optionsOf(schema);
  if (options.length > 0) return fc.oneof(...options.map(option => arbitraryOf(option, place, values)));
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Number(schema.minimum ?? 0), max: Number(schema.maximum ?? 1000) });
    case 'string':
      return textOf(schema);
    case 'array':
      return listOf(schema, place, values);
    case 'object':
      return isObject(schema.additionalProperties) ? mapOf(schema, place, values) : recordOf(schema, place, values);
    default:
      throw new Error(`cannot generate ${place}: a schema of type ${JSON.stringify(schema.type)} is not known`);
  }
}

function textOf(schema: JsonObject): fc.Arbitrary<string> {
  const [minLength, maxLength] = [Number(schema.minLength ?? 0), Number(schema.maxLength ?? 64)];
  if (typeof schema.pattern !== 'string') return fc.string({ unit: 'grapheme-ascii', minLength, maxLength });
  return fc
    .stringMatching(new RegExp(schema.pattern))
    .filter(text => text.length >= minLength && text.length <= maxLength);
}

function listOf(schema: JsonObject, place: string, values: Values): fc.Arbitrary<Json[]> {
  const minLength = Number(schema.minItems ?? 0);
  const maxLength = Math.min(Number(schema.maxItems ?? 4), minLength + 4);
  const item = arbitraryOf(objectAt(schema, 'items'), `${place}[]`, values);
  return fc.array(item, { minLength, maxLength, size: 'max' });
}

/** Mostly a few entries, now and then as many as are allowed. */
function mapOf(schema: JsonObject, place: string, values: Values): fc.Arbitrary<JsonObject> {
  const key = values[join(place, '<name>')] ?? fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
  const entry = arbitraryOf(objectAt(schema, 'additionalProperties'), join(place, '*'), values);
  const most = Number(schema.maxProperties ?? 4);
  const sized = (minKeys: number, maxKeys: number) =>
    fc.dictionary(key.map(String), entry, { minKeys, maxKeys, size: 'max', noNullPrototype: true });
  return fc.oneof({ weight: 14, arbitrary: sized(0, Math.min(3, most)) }, { weight: 1, arbitrary: sized(most, most) });
}

function recordOf(schema: JsonObject, place: string, values: Values): fc.Arbitrary<JsonObject> {
  const model: Record<string, fc.Arbitrary<Json>> = {};
  for (const [key, property] of Object.entries(objectAt(schema, 'properties'))) {
    if (isObject(property)) model[key] = arbitraryOf(property, join(place, key), values);
  }
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  return fc.record(model, { requiredKeys: required, noNullPrototype: true });
}

/** What people lay over values: nested, of every type, null included, which takes a default back. */
const anyObject: fc.Arbitrary<JsonObject> = fc
  .letrec<{ value: Json; object: JsonObject }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(
        fc.boolean(),
        fc.integer({ min: 0, max: 65_535 }),
        fc.constantFrom(0.5, 1.25),
        fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9 .:/_-]{0,20}$/),
        fc.constant(null),
      ),
      fc.array(tie('value'), { maxLength: 2 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  }))
  .object.map(object => object);
