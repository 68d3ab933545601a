import { fingerprint } from '../../../../base/fingerprint.ts';
import type { AddonContext } from '../types.ts';
import { releaseOf } from './engine.ts';
import type { Handover, Seen } from './handover.ts';

/** How far the cluster is, by the spec last let through; a cluster from before engines could be changed has nginx. */
export function handoverOf({ observed }: AddonContext): Handover | undefined {
  const spec = observed.addons?.spec;
  if (spec?.ingress) return spec.ingress;
  if (!spec || !Object.hasOwn(spec.releases, releaseOf({ engine: 'nginx', slot: 'main' }))) return undefined;
  return { service: 'chart', main: { engine: 'nginx', turn: 0 }, serving: { slot: 'main', turn: 0 }, turn: 0 };
}

/** What the add-ons' status says of releases; one that says nothing delays every step. */
export function seenIn({ observed }: AddonContext): Seen {
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
