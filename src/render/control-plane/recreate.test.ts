import { describe, expect, test } from 'vitest';
import { recreate } from './recreate.ts';

const deployment = (strategy: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'csi', namespace: 'acme' },
  spec: { strategy: { ...strategy } },
});
const byDefault = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };

describe('one pod at a time', () => {
  test('a new Deployment recreates, and one that does goes on', () => {
    expect(recreate(undefined)).toEqual({ type: 'Recreate' });
    expect(recreate(deployment({ type: 'Recreate' }))).toEqual({ type: 'Recreate' });
  });

  test('the default of an older Deployment is taken over first: applied over it, Recreate would be refused', () => {
    const first = recreate(deployment(byDefault));
    expect(first).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } });
    expect(recreate(deployment(first))).toEqual({ type: 'Recreate' });
  });
});
