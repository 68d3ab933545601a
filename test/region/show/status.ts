import { at, condition, list, num, obj, str } from '../json.ts';
import type { KubeObject } from '../kube.ts';

/** A claim's status in lines: what it has reached, and what is still open or wrong. */
export function describeStatus(claim: KubeObject): { reached: string[]; open: string[] } {
  const types = list(at(claim, 'status', 'conditions')).flatMap(entry => str(at(entry, 'type')) ?? []);
  const conditions = types.flatMap(type => condition(claim, type) ?? []);
  const waiting = list(at(claim, 'status', 'waiting')).map(
    entry => `${text(entry, 'part')}: ${text(entry, 'message')}`,
  );
  const held = list(at(claim, 'status', 'pending')).map(
    entry => `held back: ${text(entry, 'path')}: ${text(entry, 'reason')}`,
  );
  const groups = Object.entries(obj(at(claim, 'status', 'nodeGroups'))).flatMap(([name, group]) => nodes(name, group));
  // Most conditions say what `waiting` says; these are nobody's part, so without them their cause would be lost.
  const stuck = conditions
    .filter(({ type, status, message }) => ALONE.includes(type) && status !== 'True' && message !== '')
    .map(({ type, message }) => `not ${type}: ${message}`);
  const reached = conditions.filter(({ status }) => status === 'True').map(({ type }) => type);
  return { reached: [...reached, ...groups], open: [...stuck, ...held, ...waiting] };
}

/** `group web: 2 of 3 nodes (geneva 1/1, lucerne 1/1, gland 0/1)`; nothing before nodes are wanted. */
function nodes(name: string, group: unknown): string[] {
  const desired = num(at(group, 'desired')) ?? 0;
  if (desired === 0) return [];
  const zones = Object.entries(obj(at(group, 'zones')))
    .filter(([, zone]) => (num(at(zone, 'desired')) ?? 0) > 0)
    .map(([zone, state]) => `${zone} ${num(at(state, 'ready')) ?? 0}/${num(at(state, 'desired'))}`);
  return [`group ${name}: ${num(at(group, 'ready')) ?? 0} of ${desired} nodes (${zones.join(', ')})`];
}

function text(value: unknown, key: string): string {
  return str(at(value, key)) ?? '';
}

const ALONE = ['Synced', 'Accepted', 'Responsive'];
