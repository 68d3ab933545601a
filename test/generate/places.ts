import { z } from 'zod';
import { isObject, type Json, type JsonObject, objectAt } from '../../src/base/json.ts';

/** Where some data holds something its schema speaks of. */
export interface Place {
  /** Written as in `nodeGroups.*.taints[].key`; the names of a map have the place `nodeGroups.<name>`. */
  place: string;
  /** Keys and indexes that lead there. */
  path: (string | number)[];
  schema: JsonObject;
  value: Json;
}

/** The JSON schema of what a person may write. */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  const known = translated.get(schema);
  if (known) return known;
  const text = JSON.stringify(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }));
  const fresh = objectAt(JSON.parse(text));
  translated.set(schema, fresh);
  return fresh;
}

const translated = new WeakMap<z.ZodType, JsonObject>();

/** Every place of a schema that can hold something of its own, names of maps included. */
export function placesOf(schema: z.ZodType): string[] {
  return [...new Set(ofSchema(jsonSchemaOf(schema), ''))];
}

/** Every place some data uses, the data itself aside; nothing below what keeps unknown fields. */
export function placesIn(schema: z.ZodType, data: Json): Place[] {
  return ofData({ place: '', path: [], schema: jsonSchemaOf(schema), value: data }).slice(1);
}

export function join(place: string, key: string): string {
  return place ? `${place}.${key}` : key;
}

export function optionsOf(schema: JsonObject): JsonObject[] {
  return Array.isArray(schema.anyOf) ? schema.anyOf.filter(isObject) : [];
}

/** Whether a schema lets anything pass below it. */
export function isOpen(schema: JsonObject): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true;
}

function ofSchema(schema: JsonObject, place: string): string[] {
  const inner = optionsOf(schema).flatMap(option => ofSchema(option, place));
  if (isObject(schema.items)) inner.push(...ofSchema(schema.items, `${place}[]`));
  if (isObject(schema.additionalProperties) && !isOpen(schema)) {
    inner.push(join(place, '<name>'), ...ofSchema(schema.additionalProperties, join(place, '*')));
  }
  for (const [key, property] of Object.entries(objectAt(schema, 'properties'))) {
    if (isObject(property)) inner.push(...ofSchema(property, join(place, key)));
  }
  return place ? [place, ...inner] : inner;
}

function ofData(here: Place): Place[] {
  const { place, path, schema, value } = here;
  const option = optionsOf(schema).find(({ type }) => type === (isObject(value) ? 'object' : typeof value));
  if (option) return ofData({ ...here, schema: option });
  const below = (key: string | number, name: string, inner: Json | undefined, item: Json | undefined) =>
    isObject(inner) && item !== undefined
      ? ofData({ place: name, path: [...path, key], schema: inner, value: item })
      : [];
  if (Array.isArray(value)) {
    return [here, ...value.flatMap((item, index) => below(index, `${place}[]`, schema.items, item))];
  }
  if (!isObject(value) || isOpen(schema)) return [here];
  const properties = objectAt(schema, 'properties');
  return [
    here,
    ...Object.entries(value).flatMap(([key, item]) =>
      isObject(schema.additionalProperties)
        ? [
            { place: join(place, '<name>'), path: [...path, key], schema: {}, value: key },
            ...below(key, join(place, '*'), schema.additionalProperties, item),
          ]
        : below(key, join(place, key), properties[key], item),
    ),
  ];
}
