import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import type { Release } from '../../../../api/parts/addons.ts';
import { isObject } from '../../../../base/json.ts';
import { readOverride } from '../override.ts';
import { release } from '../release.ts';
import type { Addon, AddonContext } from '../types.ts';
import { FRONT, ROLE, type Runner, releaseOf, type Slot } from './engine.ts';
import { frontValues } from './front.ts';
import { type Handover, nextStep } from './handover.ts';
import { nginxValues } from './nginx.ts';
import { handoverOf, seenIn } from './observed.ts';
import { traefikValues } from './traefik.ts';
import { ingressWarnings, stillLeaving } from './warnings.ts';

const PATH = 'spec.addons.ingressNginx.valuesOverride';
const SLOTS: readonly Slot[] = ['main', 'bridge'];

/** The ingress controller of class `nginx`, by whichever engine. */
export const ingressNginx: Addon = {
  releases(context) {
    const state = stateOf(context);
    if (!state) return {};
    const runners = SLOTS.flatMap(slot => {
      const placed = state[slot];
      return placed ? [{ slot, ...placed }] : [];
    });
    return {
      ...Object.fromEntries(runners.map(runner => [releaseOf(runner), engineRelease(context, runner, state)])),
      ...(state.service === 'front' ? { [FRONT]: front(context, state, runners) } : {}),
    };
  },
  record(context) {
    const state = stateOf(context);
    if (!state || state.service === 'chart') return {};
    const { main, bridge, ...rest } = state;
    return { ingress: { ...rest, ...(main ? { main } : {}), ...(bridge ? { bridge } : {}) } };
  },
  warnings(context) {
    if (!context.spec.addons.ingressNginx?.enabled) return [];
    const { given, warnings } = override(context);
    const waits = stateOf(context) ? [] : [stillLeaving];
    return [...warnings, ...waits, ...ingressWarnings(context, engineOf(context), given)];
  },
};

function stateOf(context: AddonContext): Handover | undefined {
  const want = context.spec.addons.ingressNginx?.enabled ? engineOf(context) : undefined;
  return nextStep(handoverOf(context), want, seenIn(context));
}

/** The engine asked for; nothing said, the one that takes the traffic, and in a new cluster the platform's. */
function engineOf(context: AddonContext): IngressEngine {
  const running = handoverOf(context);
  return (
    context.spec.addons.ingressNginx?.engine ??
    running?.[running.serving.slot]?.engine ??
    context.catalog.ingress.engine
  );
}

/** Values for either engine; those under `traefik` are of its chart. */
function override({ spec }: AddonContext) {
  const { traefik, ...nginx } = spec.addons.ingressNginx?.valuesOverride ?? {};
  const { values: given, warnings } = readOverride(nginx, PATH, ['ingressNginx', ROLE]);
  const native = readOverride(isObject(traefik) ? traefik : undefined, `${PATH}.traefik`, []);
  return { given, native: native.values, warnings: [...warnings, ...native.warnings] };
}

function engineRelease(
  context: AddonContext,
  { engine, slot, turn }: Runner & { turn: number },
  state: Handover,
): Release {
  const { given, native } = override(context);
  const { namespace } = context.catalog.charts[ROLE];
  return engine === 'traefik'
    ? release(context, 'traefik', { namespace, values: traefikValues(context, slot, turn, given, native) })
    : release(context, ROLE, { values: nginxValues(context, slot, state.service, turn, given) });
}

function front(context: AddonContext, { serving }: Handover, runners: Runner[]): Release {
  const runner = runners.find(({ slot }) => slot === serving.slot) ?? { engine: engineOf(context), slot: 'main' };
  return release(context, 'csi', {
    namespace: context.catalog.charts[ROLE].namespace,
    // An address may take its time, and whoever fetches it waits for nothing here.
    wait: false,
    values: frontValues(context, runner, serving.turn, override(context).given),
  });
}
