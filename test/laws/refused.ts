import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { objectAt } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';
import { check } from '../../src/cli/input/check.ts';
import { composers } from '../../src/compose/index.ts';
import { type SimulatedComposite, simulate } from '../../src/simulate/index.ts';
import { SEED } from '../generate/claims.ts';
import { faultOf } from '../generate/faults.ts';
import { lives, NOW } from './lives.ts';

/** Valid claims as they run, each with the same claim in which one thing is broken. */
const cases = lives.map(({ claim, catalog, composites: [running] }, index) => {
  const [fault] = fc.sample(faultOf(claim, catalog), { numRuns: 1, seed: SEED + index });
  if (!fault || !running) throw new Error(`cannot break ${claim.metadata.name}: there is no way to`);
  return { claim, catalog, running, fault };
});

describe('500 generated claims with one thing broken', () => {
  const found = cases.map(({ fault, catalog }) => ({
    fault,
    ...check({ origin: 'generated', content: fault.claim, object: fault.claim }, catalog, NOW),
  }));

  test('are refused, with the code of what is broken', () => {
    const missed = found.filter(({ errors, fault }) => !errors.some(({ code }) => code === fault.code));
    expect(missed.slice(0, 3).map(({ errors, fault }) => ({ errors, fault }))).toEqual([]);
  });

  test('are told where, what is wrong and what would be right, in one line each', () => {
    const dumb = found
      .flatMap(({ errors, warnings }) => [...errors, ...warnings])
      .filter(({ path, message, remedy }) => [path, message, remedy].some(text => !/^\S.*\S$/.test(text)));
    expect(dumb.slice(0, 3)).toEqual([]);
  });

  test('render nothing when they are new, and say so in a status that stays small', () => {
    const wrong = cases.filter(({ fault, catalog }) => {
      const output = simulate(fault.claim, catalog)[0]?.output;
      return output?.desired.size !== 0 || JSON.stringify(output.status).length > 32 * 1024;
    });
    expect(wrong.slice(0, 3).map(({ fault }) => fault)).toEqual([]);
  });

  test('change nothing that runs, and say that they are refused', () => {
    const editable = cases.filter(({ claim, fault }) => claim.metadata.name === fault.claim.metadata.name);
    const changed = editable.filter(({ running, fault }) => {
      const output = composers.XHikubeCluster({ ...running.input, composite: edited(running, fault.claim) });
      const accepted = output.conditions.find(({ type }) => type === 'Accepted');
      return accepted?.status !== 'False' || !isDeepStrictEqual(objectsOf(output), objectsOf(running.output));
    });
    expect(changed.slice(0, 3).map(({ fault }) => fault)).toEqual([]);
  });

  test('are broken in many ways', () => {
    const ways = Map.groupBy(cases, ({ fault }) => fault.code);
    expect([...ways.keys()].sort()).toEqual(expect.arrayContaining(CODES));
  });
});

/** What a new claim can be refused for, as far as one broken thing and Hikube's own catalogue lead to it. */
const CODES = [
  'DuplicateEntry',
  'HostConflict',
  'HostNotAllowed',
  'InvalidField',
  'InvalidName',
  'InvalidSize',
  'MinAboveMax',
  'MixedGpus',
  'ReservedLabel',
  'ReservedTaint',
  'TemplateInOverride',
  'TooLarge',
  'TooManyNodeGroups',
  'UnknownField',
  'UnknownGpu',
  'UnknownInstanceType',
  'UnknownStorageClass',
  'UnknownVersion',
  'UnknownZone',
  'VersionNotOffered',
];

/** The running composite after its claim was edited. */
function edited({ input: { composite } }: SimulatedComposite, claim: KubeObject): KubeObject {
  return { ...composite, spec: { ...objectAt(claim, 'spec'), claimRef: objectAt(composite, 'spec', 'claimRef') } };
}

function objectsOf({ desired }: SimulatedComposite['output']): [string, unknown][] {
  return [...desired].map(([name, { object }]): [string, unknown] => [name, object]).sort();
}
