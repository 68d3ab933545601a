import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Catalog, hikubeCatalog } from '../../../catalog/index.ts';
import { compareVersions } from '../version.ts';
import { nodeImage } from './node-image.ts';

const imageOf = (version: string) => `example.com/node:${version}`;
const group = (version: string) => ({ version, image: imageOf(version) });

/** A catalogue that offers these patches. */
function offering(...patches: string[]): Catalog {
  const [first] = Object.values(hikubeCatalog.versions);
  if (!first) throw new Error('no version');
  const entry = (patch: string) => [
    patch.split('.').slice(0, 2).join('.'),
    { ...first, patch, nodeImage: imageOf(patch) },
  ];
  return { ...hikubeCatalog, versions: Object.fromEntries(patches.map(entry)) };
}

const choose = (catalog: Catalog, version: string, running?: string, siblings: string[] = []) =>
  nodeImage({
    catalog,
    version,
    accepted: running === undefined ? undefined : group(running),
    pools: Object.fromEntries(siblings.map((sibling, index) => [`group-${index}`, group(sibling)])),
  })?.version;

describe('a new group', () => {
  test.each([
    ['gets the image of the patch that runs', 'v1.34.9', [], 'v1.34.9'],
    ['waits while the control plane runs an older patch than the only image', 'v1.34.2', [], undefined],
    ['gets what another group runs of that patch', 'v1.34.2', ['v1.34.2'], 'v1.34.2'],
    ['gets the older image of a catalogue that went back', 'v1.34.12', [], 'v1.34.9'],
    ['has no image of a minor that is not offered', 'v1.33.4', ['v1.33.4'], undefined],
  ])('%s', (_, reached, siblings, expected) => {
    expect(choose(offering('v1.34.9'), reached, undefined, siblings)).toBe(expected);
  });
});

describe('a running group', () => {
  test.each([
    ['follows the control plane', 'v1.34.9', 'v1.34.2', [], 'v1.34.9'],
    ['keeps what it has until an image of the reached patch is known', 'v1.34.3', 'v1.34.2', [], 'v1.34.2'],
    ['follows another group', 'v1.34.3', 'v1.34.2', ['v1.34.3'], 'v1.34.3'],
    ['never goes back', 'v1.34.9', 'v1.34.11', [], 'v1.34.11'],
  ])('%s', (_, reached, running, siblings, expected) => {
    expect(choose(offering('v1.34.9'), reached, running, siblings)).toBe(expected);
  });
});

test('nodes are never newer than the control plane, never older than they were, and version and image belong together', () => {
  const version = fc.tuple(fc.integer({ min: 33, max: 35 }), fc.nat(4)).map(([minor, patch]) => `v1.${minor}.${patch}`);
  fc.assert(
    fc.property(
      fc.array(version),
      version,
      fc.option(version, { nil: undefined }),
      fc.array(version),
      (patches, reached, before, others) => {
        const running = before !== undefined && compareVersions(before, reached) <= 0 ? before : undefined;
        const siblings = others.filter(other => compareVersions(other, reached) <= 0);
        const chosen = nodeImage({
          catalog: offering(...patches),
          version: reached,
          accepted: running === undefined ? undefined : group(running),
          pools: Object.fromEntries(siblings.map((sibling, index) => [`group-${index}`, group(sibling)])),
        });
        if (running !== undefined) expect(chosen).toBeDefined();
        if (!chosen) return;
        expect(compareVersions(chosen.version, reached)).toBeLessThanOrEqual(0);
        if (running !== undefined) expect(compareVersions(chosen.version, running)).toBeGreaterThanOrEqual(0);
        expect(chosen.image).toBe(imageOf(chosen.version));
      },
    ),
  );
});
