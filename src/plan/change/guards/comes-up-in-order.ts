import type { Hold } from '../pending.ts';
import type { Guard } from './types.ts';

/**
 * Parts come up one after another: etcd, its registration and what protects it, the control plane, then nodes and
 * add-ons. A node may not be newer than its API server, so the first node also waits until that has said what it is.
 */
export const comesUpInOrder: Guard = (step, { observed }) => {
  if (step.kind !== 'appear') return undefined;
  const { part } = step;
  switch (part) {
    case 'etcd':
      return undefined;
    case 'datastore':
      return observed.etcd?.ready ? undefined : waitsFor('etcd');
    case 'usage-etcd':
    case 'usage-namespace':
      return observed.etcd?.ready || observed.dataStore ? undefined : waitsFor('etcd');
    case 'control-plane':
      return observed.dataStore?.ready ? undefined : waitsFor('etcd');
    case 'addons':
      return observed.controlPlane?.status?.initialized ? undefined : waitsFor('the control plane');
    default: {
      const { initialized, version } = observed.controlPlane?.status ?? {};
      return initialized && version !== undefined ? undefined : waitsFor('the control plane');
    }
  }
};

function waitsFor(part: string): Hold {
  return {
    code: 'PartNotReady',
    reason: `waits for ${part}`,
    remedy: `wait; if it takes long, look at what ${part} waits for in status.waiting`,
  };
}
