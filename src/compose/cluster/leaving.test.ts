import { describe, expect, test } from 'vitest';
import { type JsonObject, objectAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { compose, SPEC, standing } from './testing/standing.ts';

/** A running cluster in which some parts say what of them leaves. */
function saying(words: Record<string, [part: string, reason: string][]>): Map<string, KubeObject> {
  const observed = standing(SPEC);
  for (const [part, lines] of Object.entries(words)) {
    const object = observed.get(part);
    if (!object) throw new Error(`cannot say anything of ${part}: it is not observed`);
    const leaving = lines.map(([what, reason]): JsonObject => ({ part: what, reason }));
    observed.set(part, { ...object, status: { ...objectAt(object, 'status'), leaving } });
  }
  return observed;
}

describe('the claim tells what leaves its cluster', () => {
  test('nothing as a rule', () => {
    expect(compose(SPEC, standing(SPEC)).status).not.toHaveProperty('leaving');
  });

  test('as its parts say it, by the names a tenant knows, the same of many objects once', () => {
    const observed = saying({
      'pool-web': [
        ['deployment-gland', 'the group is to have no nodes in gland, and has none'],
        ['machines-gland-1', 'the group is to have no nodes in gland, and has none'],
      ],
      addons: [['velero', 'the cluster is to have the release velero no more']],
    });
    expect(compose(SPEC, observed).status.leaving).toEqual([
      { part: 'add-ons', reason: 'the cluster is to have the release velero no more' },
      { part: 'node group web', reason: 'the group is to have no nodes in gland, and has none' },
    ]);
  });

  test('and no more lines than a status has room for, of words no longer than a sentence', () => {
    const many = Array.from({ length: 40 }, (_, index): [string, string] => [
      `${index}`,
      `${index} ${'x'.repeat(9000)}`,
    ]);
    const { leaving } = compose(SPEC, saying({ 'pool-web': many, addons: many })).status;
    expect(leaving).toHaveLength(21);
    expect(JSON.stringify(leaving).length).toBeLessThan(8_000);
  });
});
