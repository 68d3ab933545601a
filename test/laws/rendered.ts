import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/base/object.ts';
import { appliedObjects } from '../../src/simulate/applied.ts';
import { compositeLaws } from './composites/index.ts';
import { lives } from './lives.ts';
import { objectLaws } from './objects/index.ts';

describe('everything rendered for 500 generated claims', () => {
  test.each(objectLaws.map(law => [law.fact, law] as const))('%s', (_, law) => {
    const wrong = lives.flatMap(({ claim, composites }) =>
      composites
        .flatMap(appliedObjects)
        .flatMap(object =>
          law.violations(object, claim.metadata.namespace).map(violation => told(claim, object, violation)),
        ),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test.each(compositeLaws.map(law => [law.fact, law] as const))('%s', (_, law) => {
    const wrong = lives.flatMap(({ claim, composites }) =>
      composites.flatMap(composite =>
        law.violations(composite).map(violation => told(claim, composite.input.composite, violation)),
      ),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test('has names of its own: no two objects share one, of whichever claims (H92)', () => {
    const claimed = new Map(lives.map(life => [`${life.claim.metadata.namespace}/${life.claim.metadata.name}`, life]));
    const owners = new Map<string, string>();
    const shared: string[] = [];
    for (const [owner, { composites }] of claimed) {
      // Claims may ask for the same host name; who is first keeps it.
      for (const object of composites.flatMap(appliedObjects).filter(({ kind }) => kind !== 'HostReservation')) {
        const key = `${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
        const other = owners.get(key);
        if (other !== undefined) shared.push(`${key} of ${owner} and ${other}`);
        owners.set(key, owner);
      }
    }
    expect(shared).toEqual([]);
    expect(owners.size).toBeGreaterThan(10_000);
  });
});

describe('every law', () => {
  test.each(objectLaws.flatMap(law => law.broken.map((object, index) => [law.fact, index, law, object] as const)))(
    '"%s" finds what breaks it (%i)',
    (_, __, law, object) => expect(law.violations(object, 'acme')).not.toEqual([]),
  );

  test.each(compositeLaws.map(law => [law.fact, law] as const))('"%s" finds what breaks it', (_, law) => {
    const composite = lives.flatMap(({ composites }) => composites).find(({ output }) => output.desired.size > 0);
    if (!composite) throw new Error('cannot break a law: no claim was generated');
    expect(law.violations(law.broken(composite))).not.toEqual([]);
  });
});

/** What is wrong, and the claim that shows it. */
function told(claim: KubeObject, object: KubeObject, violation: string): string {
  return `${object.kind} ${object.metadata.name}: ${violation}\n  of ${JSON.stringify(claim)}`;
}
