import { z } from 'zod';
import { fieldPath } from '../../base/issues.ts';
import { isObject } from '../../base/json.ts';
import type { Finding } from '../finding.ts';
import { listed, nearest } from '../nearest.ts';

/**
 * A check for fields the schema does not have, each reported with the nearest name it has. Everything below a schema
 * that preserves unknown fields (valuesOverride) passes. Made once per schema: translating it is the costly part, and
 * waits for the first check, so that a start does not pay for it.
 */
export function unknownFieldsOf(schema: z.ZodType, root: string): (data: unknown) => Finding[] {
  let json: unknown;
  return data => {
    json ??= z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' });
    return walk(data, json, [root]).map(({ key, known, path }, index) =>
      unknownField(key, known, path, index < GUESSES),
    );
  };
}

/** More problems are not told (`listed.ts`), so nobody would read the guesses for them. */
const GUESSES = 20;

interface Unknown {
  key: string;
  known: string[];
  path: (string | number)[];
}

function walk(data: unknown, schema: unknown, path: (string | number)[]): Unknown[] {
  if (!isObject(schema)) return [];
  if (Array.isArray(data)) return data.flatMap((item, index) => walk(item, schema.items, [...path, index]));
  if (!isObject(data) || schema['x-kubernetes-preserve-unknown-fields'] === true) return [];
  if (Array.isArray(schema.anyOf)) {
    return walk(
      data,
      schema.anyOf.find(option => isObject(option) && option.type === 'object'),
      path,
    );
  }
  if (isObject(schema.additionalProperties)) {
    return Object.entries(data).flatMap(([key, value]) => walk(value, schema.additionalProperties, [...path, key]));
  }
  // A map where something else belongs has no fields to be right or wrong; the schema itself refuses it.
  if (!isObject(schema.properties)) return [];
  const { properties } = schema;
  const known = Object.keys(properties);
  return Object.entries(data).flatMap(([key, value]) =>
    Object.hasOwn(properties, key) ? walk(value, properties[key], [...path, key]) : [{ key, known, path }],
  );
}

function unknownField(key: string, known: string[], path: (string | number)[], guessing: boolean): Finding {
  const guess = guessing ? nearest(key, known) : undefined;
  return {
    code: 'UnknownField',
    path: fieldPath([...path, key]),
    message: `there is no field ${key}`,
    remedy: guess ? `did you mean ${guess}?` : `valid are ${listed(known)}`,
  };
}
