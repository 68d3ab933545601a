import { isObject } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import { parseQuantity } from '../../../src/base/quantity.ts';
import { placesWithin } from './places.ts';
import type { ObjectLaw } from './types.ts';

/** A limit of nothing is no limit at all, and a request above its limit is refused. */
export const quantities: ObjectLaw = {
  fact: 'limits and requests what is more than nothing, and no more than its limit',
  violations: object =>
    placesWithin(object).flatMap(({ path, key, value }) => {
      if (!isObject(value)) return [];
      if (key === 'requests' || key === 'limits') {
        return Object.entries(value)
          .filter(([, amount]) => !(amountOf(amount) > 0))
          .map(([name, amount]) => `${path}.${name}: ${amount}`);
      }
      const { requests, limits } = value;
      if (!isObject(requests) || !isObject(limits)) return [];
      return Object.keys(requests)
        .filter(name => limits[name] !== undefined && amountOf(requests[name]) > amountOf(limits[name]))
        .map(name => `${path}: requests ${requests[name]} of ${name}, limited to ${limits[name]}`);
    }),
  broken: [
    sized({ limits: { cpu: '0' } }),
    sized({ requests: { memory: '' } }),
    sized({ requests: { cpu: '2' }, limits: { cpu: '1500m' } }),
  ],
};

function amountOf(amount: unknown): number {
  return typeof amount === 'number' ? amount : (parseQuantity(String(amount)) ?? Number.NaN);
}

function sized(resources: { [key: string]: { [key: string]: string } }): KubeObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { resources } };
}
