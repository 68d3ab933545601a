import { compareVersions } from '../../target/version.ts';
import { reachedVersion } from '../facts.ts';
import type { Hold } from '../pending.ts';
import type { Guard } from './types.ts';

/** Nodes are never newer than the API servers (H47): they follow once those run what the nodes are to run. */
export const controlPlaneFirst: Guard = (step, facts) => {
  if (step.kind !== 'nodes' && step.kind !== 'first-nodes') return undefined;
  if (step.kind === 'nodes' && step.to === step.from) return undefined;
  const reached = reachedVersion(facts);
  if (reached !== undefined && compareVersions(reached, step.to) >= 0) return undefined;
  return behind(step.to);
};

function behind(version: string): Hold {
  return {
    code: 'ControlPlaneBehind',
    reason: `waits until the control plane runs ${version}`,
    remedy: 'wait; if it takes long, look at what the control plane waits for in status.waiting',
  };
}
