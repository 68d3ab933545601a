import { describe, expect, test } from 'vitest';
import { hikubeCatalog } from '../catalog/index.ts';
import { planVersion } from './version.ts';

const patch = (minor: string) => hikubeCatalog.versions[minor]?.patch;

describe('planVersion', () => {
  test.each(['v1.30', '1.30', '1.30.3', 'v1.30.0'])('H45 %s means the 1.30 patch of the platform', asked => {
    expect(planVersion(asked, undefined, hikubeCatalog).target).toBe(patch('v1.30'));
  });

  test.each(Object.keys(hikubeCatalog.versions))('H45 %s is accepted', minor => {
    expect(planVersion(minor, undefined, hikubeCatalog)).toEqual({ target: patch(minor), problems: [], warnings: [] });
  });

  test.each(['1.29', 'v1.36', '2.0', 'latest', 'v1'])('H45 %s is refused with all valid versions', asked => {
    const [problem] = planVersion(asked, undefined, hikubeCatalog).problems;
    expect(problem).toMatchObject({ code: 'UnknownVersion', path: 'spec.version' });
    for (const minor of Object.keys(hikubeCatalog.versions)) expect(problem?.remedy).toContain(minor);
  });

  test('without a version the platform default runs, and a running cluster keeps its minor', () => {
    expect(planVersion(undefined, undefined, hikubeCatalog).target).toBe(patch('v1.35'));
    expect(planVersion(undefined, 'v1.33.1', hikubeCatalog).target).toBe(patch('v1.33'));
  });

  test.each([
    { asked: 'v1.34', accepted: 'v1.33.8', code: undefined },
    { asked: 'v1.35', accepted: 'v1.33.8', code: 'VersionSkipped' },
    { asked: 'v1.32', accepted: 'v1.33.8', code: 'VersionDowngrade' },
    { asked: 'v1.33.2', accepted: 'v1.33.8', code: undefined },
  ])('H46 from $accepted to $asked gives $code', ({ asked, accepted, code }) => {
    expect(planVersion(asked, accepted, hikubeCatalog).problems.at(0)?.code).toBe(code);
  });

  test('a catalogue that goes back to an older patch rolls nothing back', () => {
    expect(planVersion('v1.34', 'v1.34.99', hikubeCatalog).target).toBe('v1.34.99');
  });

  test('a minor that left the catalogue keeps running, with a warning', () => {
    const { 'v1.30': _, ...versions } = hikubeCatalog.versions;
    const plan = planVersion('v1.30', 'v1.30.14', { ...hikubeCatalog, versions });
    expect(plan).toMatchObject({ target: 'v1.30.14', problems: [], warnings: [{ code: 'NotInCatalogue' }] });
  });
});
