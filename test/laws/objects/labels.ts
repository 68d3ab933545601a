import { isObject, type Json } from '../../../src/base/json.ts';
import type { KubeObject } from '../../../src/base/object.ts';
import { placesWithin } from './places.ts';
import type { ObjectLaw } from './types.ts';

const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const LABELS = ['labels', 'matchLabels', 'nodeSelector'];
/** What the API server allows all annotations of an object to take. */
const MAX_ANNOTATIONS = 256 * 1024;

export const labels: ObjectLaw = {
  fact: 'has legal labels, selectors and annotations, also inside templates',
  violations: object =>
    placesWithin(object).flatMap(({ path, key, value }) => {
      if (!isObject(value)) return [];
      if (LABELS.includes(key)) return entries(value, path, text => VALUE.test(text));
      if (key !== 'annotations') return [];
      const size = JSON.stringify(value).length;
      return [...entries(value, path, () => true), ...(size > MAX_ANNOTATIONS ? [`${path}: ${size} bytes`] : [])];
    }),
  broken: [
    carrying({ labels: { 'a b': 'c' } }),
    carrying({ labels: { a: 'x'.repeat(64) } }),
    carrying({ spec: { selector: { matchLabels: { a: '-' } } } }),
    carrying({ template: { annotations: { a: 1 } } }),
    carrying({ annotations: { a: 'x'.repeat(MAX_ANNOTATIONS) } }),
  ],
};

function entries(map: { [key: string]: Json | undefined }, path: string, legal: (text: string) => boolean): string[] {
  return Object.entries(map)
    .filter(([key, value]) => !KEY.test(key) || typeof value !== 'string' || !legal(value))
    .map(([key, value]) => `${path}: ${key}=${JSON.stringify(value)}`);
}

function carrying(content: { [key: string]: Json }): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, content };
}
