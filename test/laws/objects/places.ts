import { isObject } from '../../../src/base/json.ts';

/** A value somewhere in an object, with the key it stands under. */
export interface Place {
  path: string;
  key: string;
  value: unknown;
}

/** Everything inside an object, Helm values aside: those are the tenant's word, and the charts' business. */
export function placesWithin(value: unknown, path = '', key = ''): Place[] {
  if (isObject(value)) {
    const inner = Object.entries(value).filter(([name]) => name !== 'values');
    return [
      { path, key, value },
      ...inner.flatMap(([name, item]) => placesWithin(item, path ? `${path}.${name}` : name, name)),
    ];
  }
  if (Array.isArray(value)) {
    return [{ path, key, value }, ...value.flatMap((item, index) => placesWithin(item, `${path}[${index}]`, key))];
  }
  return [{ path, key, value }];
}
