import { setTimeout as delay } from 'node:timers/promises';
import { at, condition, list, obj, str } from '../json.ts';
import { type Kube, type KubeObject, kindOf } from '../kube.ts';
import type { Log } from '../log.ts';
import { patience } from '../patience.ts';

/** Tells what changes in the claims' status until all are Ready (true) or time is up (false). */
export async function follow(
  kube: Kube,
  claims: KubeObject[],
  { log, timeoutMs }: { log: Log; timeoutMs: number },
): Promise<boolean> {
  const deadline = Date.now() + patience(timeoutMs);
  const told = new Map<string, Set<string>>();
  while (Date.now() < deadline) {
    const states = await Promise.all(
      claims.map(async claim => {
        const { name, namespace } = claim.metadata;
        const current = await kube.get(kindOf(claim), name, namespace);
        const before = told.get(`${namespace}/${name}`);
        const lines = new Set(current ? describe(current) : []);
        told.set(`${namespace}/${name}`, lines);
        const prefix = claims.length > 1 ? `${namespace}/${name}: ` : '';
        for (const line of lines) if (!before?.has(line)) log(prefix + line);
        return condition(current, 'Ready')?.status === 'True' && condition(current, 'Synced')?.status === 'True';
      }),
    );
    if (states.every(Boolean)) return true;
    await delay(300);
  }
  return false;
}

/** The claim's status as lines: conditions, problems, what waits for what, groups and their zones. */
function describe(claim: KubeObject): string[] {
  const conditions = list(at(claim, 'status', 'conditions')).flatMap(entry => {
    const type = str(at(entry, 'type')) ?? '';
    const state = condition(claim, type);
    if (!state || state.reason === '') return [];
    const text = state.message ? `: ${state.message}` : '';
    return [state.status === 'True' ? `${type}` : `${type} not yet (${state.reason})${text}`];
  });
  const problems = list(at(claim, 'status', 'problems')).map(
    problem => `problem ${text(problem, 'code')} at ${text(problem, 'path')}: ${text(problem, 'message')}`,
  );
  const waiting = list(at(claim, 'status', 'waiting')).map(
    entry => `${text(entry, 'part')}: ${text(entry, 'message')}`,
  );
  const groups = Object.entries(obj(at(claim, 'status', 'nodeGroups'))).map(
    ([name, group]) => `group ${name}: ${summary(group)}`,
  );
  return [...conditions, ...problems, ...waiting, ...groups];
}

function summary(value: unknown): string {
  return Object.entries(obj(value))
    .filter(([key]) => key !== 'message')
    .map(([key, entry]) => `${key} ${typeof entry === 'object' ? JSON.stringify(entry) : entry}`)
    .join(', ');
}

function text(value: unknown, key: string): string {
  return str(at(value, key)) ?? '';
}
