import { expect, test } from 'vitest';
import { existing } from './exists.ts';

test('kinds without a state of their own are ready by existing and have no status', () => {
  for (const rule of existing) {
    const object = { apiVersion: rule.apiVersion, kind: rule.kind, metadata: { name: 'shop' } };
    expect(rule.check(object)).toEqual({ state: 'ready' });
    expect(rule.readyStatus(object)).toBeUndefined();
  }
});
