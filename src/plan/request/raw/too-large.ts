import type { Limits } from '../../../catalog/schema/limits.ts';
import type { Finding } from '../../finding.ts';
import { rawOverrides } from './overrides.ts';
import { walk } from './walk.ts';

/** Longest name of a field or map entry; Kubernetes' own longest, a label key, has 317 characters. */
const NAME_LENGTH = 512;
/** A spec's own levels around an override, and those an override may have at most. */
const SPEC_DEPTH = 24;

/**
 * Whether a spec is more than one claim may cost the function, judged before anything else is done with it. Reading
 * stops at a limit, so that a refusal costs no more than what would be let through; the message names all limits,
 * because which one is met first depends on the order in which maps arrive.
 */
export function checkTooLarge(spec: unknown, limits: Limits): Finding[] {
  const overrides = rawOverrides(spec).map(({ path, values }) => ({ path, extent: measure(values, limits.override) }));
  const problems = overrides.flatMap(({ path, extent }) => (extent ? [] : [tooLarge(path, limits.override)]));
  if (problems.length > 0) return problems;
  const sum = { characters: 0, values: 0 };
  for (const { extent } of overrides) {
    sum.characters += extent?.characters ?? 0;
    sum.values += extent?.values ?? 0;
  }
  if (exceeds(sum, limits.overrides)) return [tooLarge('spec.addons', limits.overrides)];
  return measure(spec, { ...limits.claim, depth: SPEC_DEPTH }) ? [] : [tooLarge('spec', limits.claim)];
}

interface Extent {
  characters: number;
  values: number;
}

/** How much there is, or undefined when it is more than allowed. */
function measure(root: unknown, most: Extent & { depth: number }): Extent | undefined {
  const extent: Extent = { characters: 0, values: 0 };
  const complete = walk(root, (value, place) => {
    const key = place[place.length - 1];
    const name = typeof key === 'string' ? key.length : 0;
    extent.values += 1;
    extent.characters += name + (typeof value === 'string' ? value.length : 0);
    return name <= NAME_LENGTH && place.length <= most.depth && !exceeds(extent, most);
  });
  return complete ? extent : undefined;
}

function exceeds(extent: Extent, most: Extent): boolean {
  return extent.values > most.values || extent.characters > most.characters;
}

function tooLarge(path: string, most: Extent & { depth?: number }): Finding {
  const { values, characters, depth } = most;
  const what = path === 'spec' ? 'a claim' : depth === undefined ? 'all overrides of a claim together' : 'one override';
  const limits = [
    `${values} values`,
    `${characters} characters`,
    ...(depth === undefined ? [] : [`${depth} levels`]),
    `names of ${NAME_LENGTH} characters`,
  ];
  return {
    code: 'TooLarge',
    path,
    message: `this is more than the platform reads: ${what} may have ${limits.join(', ')}`,
    remedy:
      'keep in an override what differs from the defaults; larger configuration belongs into the cluster, for example into a ConfigMap',
  };
}
