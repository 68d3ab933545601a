import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterScopedNameFor, nameFor, names } from './names.ts';

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/);
const group = fc.stringMatching(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/);

describe('names', () => {
  test('joined names that read the same still differ', () => {
    const [left, right] = [
      { namespace: 'a', name: 'b-c' },
      { namespace: 'a-b', name: 'c' },
    ];
    expect(names.dataStore(left)).not.toBe(names.dataStore(right));
    expect(nameFor({ namespace: 'n', name: 'a' }, 'b-c')).not.toBe(nameFor({ namespace: 'n', name: 'a-b' }, 'c'));
  });

  test('names are DNS labels of at most 63 characters that start with the claim', () => {
    fc.assert(
      fc.property(label, label, group, (namespace, name, part) => {
        for (const made of [nameFor({ namespace, name }, part), clusterScopedNameFor({ namespace, name }, part)]) {
          expect(made.length).toBeLessThanOrEqual(63);
          expect(made).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])$/);
        }
        expect(nameFor({ namespace, name }, part).startsWith(`${name}-`)).toBe(true);
      }),
    );
  });

  test('etcd names leave room for the suffixes of its operator', () => {
    expect(`${names.etcd({ namespace: 'n', name: 'x'.repeat(42) })}-client`.length).toBeLessThanOrEqual(63);
  });

  test('a host reservation does not depend on the case of the host', () => {
    expect(names.hostReservation('API.example.com')).toBe(names.hostReservation('api.example.com'));
  });
});
