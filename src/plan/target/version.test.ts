import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Catalog, hikubeCatalog } from '../../catalog/index.ts';
import { byMinor, inRange, minorNumber } from '../../catalog/minor.ts';
import { controlPlane } from '../../render/testing/shop.ts';
import type { Accepted } from '../children.ts';
import { refusalsIn, warningsIn } from '../finding.ts';
import { asOf, versionLife } from '../version-life.ts';
import { compareVersions, minorKey, planVersion, type VersionPlan } from './version.ts';

const TODAY = new Date('2026-11-25T12:00:00Z');
const plan = (asked: string | undefined, accepted?: string, catalog = hikubeCatalog, now = TODAY) =>
  told(planVersion(asked, running(accepted), asOf(catalog, now)), catalog, now);
/** The plan with its refusals and warnings apart, those of the calendar among them. */
const told = ({ version, findings }: VersionPlan, catalog: Catalog, now: Date) => ({
  version,
  problems: refusalsIn(findings),
  warnings: [...warningsIn(findings), ...versionLife(minorKey(version), catalog, now)],
});
/** A cluster whose control plane was let through with a version. */
const running = (version: string | undefined): Accepted =>
  version === undefined ? { pools: {} } : { controlPlane: { ...controlPlane, version }, pools: {} };
const patch = (minor: string) => hikubeCatalog.versions[minor]?.patch;
const minors = byMinor(Object.keys(hikubeCatalog.versions));
const open = minors.filter(minor => inRange(minor, hikubeCatalog.platform.clusterApi));
/** Hikube's catalogue with one entry changed. */
const withEntry = (minor: string, change: Partial<Catalog['versions'][string]>): Catalog => ({
  ...hikubeCatalog,
  versions: { ...hikubeCatalog.versions, [minor]: { ...entryOf(minor), ...change } },
});
const entryOf = (minor: string) => {
  const entry = hikubeCatalog.versions[minor];
  if (!entry) throw new Error(`no ${minor}`);
  return entry;
};
const REFUSING: Catalog = { ...hikubeCatalog, versionPolicy: { expired: 'refuse' } };

describe('planVersion', () => {
  test.each(['v1.31', '1.31', '1.31.3', 'v1.31.0'])('H45 %s means the 1.31 patch of the platform', asked => {
    expect(plan(asked).version).toBe(patch('v1.31'));
  });

  test.each(open)('H45 %s is accepted', minor => {
    expect(plan(minor)).toMatchObject({ version: patch(minor), problems: [] });
  });

  test.each(['1.29', 'v1.37', '2.0', 'latest', 'v1'])('H45 %s is refused with all valid versions', asked => {
    const [problem] = plan(asked).problems;
    expect(problem).toMatchObject({ code: 'UnknownVersion', path: 'spec.version' });
    for (const minor of open) expect(problem?.remedy).toContain(minor);
    expect(problem?.remedy).not.toContain('v1.30');
  });

  test('without a version the platform default runs, and a running cluster keeps its minor', () => {
    expect(plan(undefined)).toEqual({ version: patch('v1.36'), problems: [], warnings: [] });
    expect(plan(undefined, 'v1.33.1').version).toBe(patch('v1.33'));
  });

  test.each([
    { asked: 'v1.34', accepted: 'v1.33.8', code: undefined },
    { asked: 'v1.35', accepted: 'v1.33.8', code: 'VersionSkipped' },
    { asked: 'v1.32', accepted: 'v1.33.8', code: 'VersionDowngrade' },
    { asked: 'v1.33.2', accepted: 'v1.33.8', code: undefined },
  ])('H46 from $accepted to $asked gives $code', ({ asked, accepted, code }) => {
    expect(plan(asked, accepted).problems.at(0)?.code).toBe(code);
  });

  test.each(minors.slice(1))('H46 the step up to %s is let through', minor => {
    const below = patch(minors[minors.indexOf(minor) - 1] ?? '');
    expect(plan(minor, below)).toMatchObject({ version: patch(minor), problems: [] });
    expect(plan(minor, below, REFUSING)).toMatchObject({ version: patch(minor), problems: [] });
  });

  test('a catalogue that goes back to an older patch rolls nothing back', () => {
    expect(plan('v1.34', 'v1.34.99').version).toBe('v1.34.99');
  });

  test('a minor that left the catalogue keeps running, with a warning', () => {
    const { 'v1.30': _, ...versions } = hikubeCatalog.versions;
    const left = plan('v1.30', 'v1.30.14', { ...hikubeCatalog, versions });
    expect(left).toMatchObject({ version: 'v1.30.14', problems: [], warnings: [{ code: 'NotInCatalogue' }] });
  });

  test("a minor the platform's Cluster API does not manage is kept by clusters that run it, and given to no other", () => {
    expect(plan('v1.30').problems).toMatchObject([{ code: 'VersionNotOffered', path: 'spec.version' }]);
    expect(plan('v1.30').problems[0]?.message).toContain('v1.31 to v1.36');
    expect(plan('v1.30', 'v1.30.14')).toMatchObject({ version: patch('v1.30'), problems: [] });
  });

  test('a minor that Kamaji does not take is given to no new cluster either', () => {
    const { platform } = hikubeCatalog;
    const catalog = { ...hikubeCatalog, platform: { ...platform, kamaji: { from: 'v1.33', to: 'v1.36' } } };
    expect(plan('v1.32', undefined, catalog).problems[0]?.message).toContain(
      "the platform's Kamaji manages v1.33 to v1.36",
    );
    expect(plan('v1.32', 'v1.32.1', catalog).problems).toEqual([]);
  });

  test('a platform can refuse new clusters without security fixes, and still lets the running ones live and go up', () => {
    expect(plan('v1.34', undefined, REFUSING).problems).toMatchObject([{ code: 'VersionNotOffered' }]);
    expect(plan('v1.99', undefined, REFUSING).problems[0]?.remedy).toBe('valid are v1.35, v1.36');
    expect(plan('v1.34', 'v1.34.1', REFUSING)).toMatchObject({ problems: [], warnings: [{ code: 'VersionExpired' }] });
  });

  test('a preview runs only where the claim names it, and says what it is', () => {
    const preview = withEntry('v1.36', { state: 'preview' });
    const catalog = { ...preview, defaultVersion: 'v1.35' };
    expect(plan(undefined, undefined, catalog).version).toBe(patch('v1.35'));
    expect(plan('v1.36', undefined, catalog)).toMatchObject({
      version: patch('v1.36'),
      problems: [],
      warnings: [{ code: 'VersionPreview' }],
    });
    expect(JSON.stringify(plan('v1.34', undefined, catalog).warnings)).not.toContain('v1.36');
  });

  test('law: a running cluster is never refused for what it runs, whatever the calendar and the policy say', () => {
    const claims = fc.record({
      minor: fc.constantFrom(...minors),
      now: fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      catalog: fc.constantFrom(hikubeCatalog, REFUSING),
      named: fc.boolean(),
    });
    fc.assert(
      fc.property(claims, ({ minor, now, catalog, named }) => {
        const patched = entryOf(minor).patch;
        const kept = plan(named ? minor : undefined, patched, catalog, now);
        expect(kept).toMatchObject({ version: patched, problems: [] });
        const up = minors.find(other => minorNumber(other) === minorNumber(minor) + 1);
        if (up) expect(compareVersions(plan(up, patched, catalog, now).version, patched)).toBeGreaterThan(0);
      }),
    );
  });
});
