import { hash } from 'node:crypto';
import { inKeyOrder, isObject } from './json.ts';

/** 160 bits that tell two maps of data apart, whatever the order of their keys. */
export function fingerprint(data: unknown): string {
  return hash('sha256', JSON.stringify(inKeyOrder(isObject(data) ? data : {}))).slice(0, 40);
}
