import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import type { AddonsSpec, Release } from '../../../../api/parts/addons.ts';
import { isObject } from '../../../../base/json.ts';
import { present } from '../../../../base/present.ts';
import { readOverride } from '../override.ts';
import { release } from '../release.ts';
import type { Addon, AddonContext } from '../types.ts';
import { handoverOf } from './accepted.ts';
import { FRONT, ROLE, type Runner, releaseOf, SLOTS } from './engine.ts';
import { ingressFindings } from './findings.ts';
import { frontValues } from './front.ts';
import { type Handover, settled } from './handover.ts';
import { nginxValues } from './nginx.ts';
import { traefikValues } from './traefik.ts';

const PATH = 'spec.addons.ingressNginx.valuesOverride';

/** The ingress controller of class `nginx`, by whichever engine. */
export const ingressNginx: Addon = {
  key: 'ingressNginx',
  releases: context => ingressReleases(context, end(context)),
  record: context => ingressRecord(end(context)),
  findings(context) {
    if (!context.request.ingress.enabled) return [];
    const { given, findings } = override(context);
    return [...findings, ...ingressFindings(context, engineOf(context), given)];
  },
};

/** Releases of the ingress on its way from one engine to another. */
export function ingressReleases(context: AddonContext, state: Handover | undefined): Record<string, Release> {
  if (!state) return {};
  const runners = SLOTS.flatMap(slot => {
    const placed = state[slot];
    return placed ? [{ slot, ...placed }] : [];
  });
  return {
    ...Object.fromEntries(runners.map(runner => [releaseOf(runner), engineRelease(context, runner, state)])),
    ...(state.service === 'front' ? { [FRONT]: front(context, state, runners) } : {}),
  };
}

/** What must be remembered of that way; nothing as long as the chart of ingress-nginx owns everything. */
export function ingressRecord(state: Handover | undefined): Pick<AddonsSpec, 'ingress'> {
  return state && state.service !== 'chart' ? { ingress: present(state) } : {};
}

/** The engine asked for, if any; nothing said, the one that takes the traffic, and in a new cluster the platform's. */
export function wantedEngine(context: AddonContext): IngressEngine | undefined {
  return context.request.ingress.enabled ? engineOf(context) : undefined;
}

function end(context: AddonContext): Handover | undefined {
  return settled(handoverOf(context.accepted), wantedEngine(context));
}

function engineOf({ request, accepted, catalog }: AddonContext): IngressEngine {
  const running = handoverOf(accepted);
  return request.ingress.engine ?? running?.[running.serving.slot]?.engine ?? catalog.ingress.engine;
}

/** Values for either engine; those under `traefik` are of its chart. */
function override({ request }: AddonContext) {
  const { traefik, ...nginx } = request.addons.ingressNginx?.valuesOverride ?? {};
  const { values: given, findings } = readOverride(nginx, PATH, ['ingressNginx', ROLE]);
  const native = readOverride(isObject(traefik) ? traefik : undefined, `${PATH}.traefik`, []);
  return { given, native: native.values, findings: [...findings, ...native.findings] };
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
