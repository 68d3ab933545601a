import type { IngressEngine } from '../../../api/ingress-engines.ts';
import { fingerprint } from '../../../base/fingerprint.ts';
import { handoverOf } from '../../target/addons/ingress/accepted.ts';
import { type Handover, INGRESS_RELEASES, isDone, nextStep, type Seen } from '../../target/addons/ingress/handover.ts';
import { ingressRecord, ingressReleases, wantedEngine } from '../../target/addons/ingress/index.ts';
import type { AddonContext } from '../../target/addons/types.ts';
import type { TargetChildren } from '../../target/types.ts';
import type { Facts } from '../facts.ts';
import type { Hold, Pending } from '../pending.ts';
import type { Gradual } from './types.ts';

/** Ingress goes from one engine to another in steps, each of which waits for what is seen of the one before. */
export const ingress: Gradual = (target, context, facts) => {
  const want = wantedEngine(context);
  const now = handoverOf(context.accepted);
  const state = nextStep(now, want, seenIn(facts));
  // The target is where the steps lead: once there, nothing has to be resolved anew.
  if (hasArrived(state, want) && state === now) return { children: target, pending: [] };
  const hold = holdOf(state, want);
  return {
    children: { ...target, addons: withIngress(target.addons, state, context) },
    pending: hold ? [pendingOf(hold)] : [],
  };
};

/** The releases with those of the ingress in this state, in the place where they stand. */
function withIngress(
  { ingress: _, releases, ...addons }: TargetChildren['addons'],
  state: Handover | undefined,
  context: AddonContext,
): TargetChildren['addons'] {
  const own = Object.entries(ingressReleases(context, state));
  const all = Object.entries(releases);
  const others = all.filter(([name]) => !INGRESS_RELEASES.includes(name));
  const first = all.findIndex(([name]) => INGRESS_RELEASES.includes(name));
  const place = first < 0 ? others.length : first;
  return {
    ...addons,
    releases: Object.fromEntries([...others.slice(0, place), ...own, ...others.slice(place)]),
    ...ingressRecord(state),
  };
}

/** Whether the wanted engine has the documented name and the traffic, or none is wanted and there is none. */
function hasArrived(state: Handover | undefined, want: IngressEngine | undefined): boolean {
  return state ? isDone(state) && state.main?.engine === want : want === undefined;
}

function holdOf(state: Handover | undefined, want: IngressEngine | undefined): Hold | undefined {
  if (hasArrived(state, want)) return undefined;
  if (state) {
    const remedy = 'wait; each step goes once the one before is ready, so look at the add-ons that are not';
    return { code: 'IngressChanging', reason: 'the ingress engine is being changed, step by step', remedy };
  }
  return {
    code: 'IngressStillLeaving',
    reason: 'the ingress that was switched off is still being taken down, so the new one waits for it',
    remedy: 'wait; if it takes long, look at what keeps its releases with kubectl describe hikubeaddons',
  };
}

function pendingOf(hold: Hold): Pending {
  return { ...hold, part: 'addons', path: 'spec.addons.ingressNginx' };
}

/** What the add-ons' status says of releases; one that says nothing delays every step. */
function seenIn({ observed }: Facts): Seen {
  const { spec, status } = observed.addons ?? {};
  return {
    installed: name => {
      const release = spec?.releases[name];
      const seen = status?.releases?.[name];
      return release !== undefined && seen?.state === 'Ready' && seen.values === fingerprint(release.values);
    },
    present: name => (status?.releases ? Object.hasOwn(status.releases, name) : spec?.ingress !== undefined),
  };
}
