import { setTimeout as delay } from 'node:timers/promises';
import { condition } from '../json.ts';
import { type Kube, type KubeObject, kindOf } from '../kube.ts';
import type { Log } from '../log.ts';
import { patience } from '../patience.ts';
import { describeStatus } from './status.ts';

/** How following claims ended; `missing` says why they are not Ready. */
export type Outcome = { ready: true } | { ready: false; missing: string[] };

/** Tells what changes in the claims' status until all are Ready, one is refused for good, or time is up. */
export async function follow(
  kube: Kube,
  claims: KubeObject[],
  { log, timeoutMs }: { log: Log; timeoutMs: number },
): Promise<Outcome> {
  const deadline = Date.now() + patience(timeoutMs);
  const followed = claims.map(claim => ({ claim, told: new Set<string>(), refusedSince: 0 }));
  const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}: `;

  while (true) {
    const states = await Promise.all(
      followed.map(async one => {
        const { name, namespace } = one.claim.metadata;
        const current = await kube.get(kindOf(one.claim), name, namespace);
        const lines = current ? describeStatus(current) : { reached: [], open: ['is not there'] };
        const prefix = claims.length > 1 ? nameOf(one.claim) : '';
        const now = [...lines.reached, ...lines.open];
        for (const line of now) if (!one.told.has(line)) log(prefix + line);
        one.told = new Set(now);
        one.refusedSince = isRefused(current) ? one.refusedSince || Date.now() : 0;
        return { ready: isReady(current), missing: lines.open.map(line => prefix + line) };
      }),
    );
    if (states.every(state => state.ready)) return { ready: true };
    const refused = followed.some(({ refusedSince }) => refusedSince > 0 && Date.now() - refusedSince > SETTLED_MS);
    if (refused || Date.now() > deadline) return { ready: false, missing: states.flatMap(state => state.missing) };
    await delay(500);
  }
}

function isReady(claim: KubeObject | undefined): boolean {
  return ['Ready', 'Synced'].every(type => condition(claim, type)?.status === 'True');
}

function isRefused(claim: KubeObject | undefined): boolean {
  return condition(claim, 'Accepted')?.status === 'False';
}

/** A refusal may be a matter of order, such as a host that is just being reserved. */
const SETTLED_MS = 10_000;
