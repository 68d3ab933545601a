import { isObject, type Json } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import { placesWithin } from './places.ts';
import type { ObjectLaw } from './types.ts';

/** What a slip of ours looks like once it has become text. */
const SLIPS = /\bundefined\b|\bNaN\b|\[object Object\]/;

export const data: ObjectLaw = {
  fact: 'holds nothing that JSON cannot, no null, no fraction and no text made of nothing',
  violations: object => {
    const wrong = placesWithin(object)
      .filter(({ value }) => (typeof value === 'object' ? value === null : !isPlain(value)))
      .map(({ path, value }) => `${path}: ${String(value)}`);
    return [...wrong, ...unspeakable(object, '')];
  },
  broken: [
    holding({ a: null }),
    holding({ a: 0.5 }),
    holding({ a: Number.NaN }),
    holding({ a: 2 ** 53 }),
    holding({ a: 'port undefined' }),
    holding({ values: { a: Number.POSITIVE_INFINITY } }),
    { ...holding({}), spec: { values: { a: undefined } } },
  ],
};

/** No field of any kind we render takes a fraction. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !SLIPS.test(value);
  return typeof value === 'boolean' || Number.isSafeInteger(value);
}

/** What gRPC would refuse, Helm values included. */
function unspeakable(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unspeakable(item, `${path}[${index}]`));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => unspeakable(item, `${path}.${key}`));
  const speakable = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return speakable ? [] : [`${path}: ${String(value)}`];
}

function holding(spec: { [key: string]: Json }): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, spec };
}
