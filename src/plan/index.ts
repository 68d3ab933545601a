import { carryOn, changeTo } from './change/index.ts';
import { zoneLost } from './change/lost-zones.ts';
import type { Change } from './change/types.ts';
import { type Finding, refusalsIn, warningsIn } from './finding.ts';
import { listed } from './listed.ts';
import { acceptedOf } from './observed.ts';
import { readRequest } from './request/index.ts';
import { asleep } from './sleep.ts';
import { targetOf } from './target/index.ts';
import { minorKey } from './target/version.ts';
import type { ClusterPlan, PlanInput } from './types.ts';
import { asOf, versionLife } from './version-life.ts';

export type { ClusterPlan, PlanInput } from './types.ts';

/**
 * Decides what a cluster is to be, in four steps: read the request, resolve what it means, put to sleep what sleeps,
 * and find out what of the change may be made now. Pure and total: a refused request goes on with what the children
 * hold (decision refused-goes-on), whatever is wrong with it.
 */
export function planCluster(input: PlanInput): ClusterPlan {
  const { cluster, observed, now, reservations, members } = input;
  const accepted = acceptedOf(observed);
  const catalog = asOf(input.catalog, now);
  const facts = { observed, catalog, now, reservations, members };

  const read = readRequest(input.requested, cluster.name, catalog);
  if (!read.request) return told(carryOn(accepted, facts), [], read.findings);
  const target = targetOf({ cluster, request: read.request, catalog, accepted, reservations });
  const { version } = target.children.controlPlane;
  const findings = [...read.findings, ...target.findings, ...versionLife(minorKey(version), catalog, now)];
  if (refusalsIn(findings).length > 0) return told(carryOn(accepted, facts), target.hosts.wanted, findings);
  const children = asleep(target.children);
  return told(changeTo({ ...target, children }, target.context, facts), target.hosts.wanted, findings);
}

function told(change: Change, hosts: string[], findings: Finding[]): ClusterPlan {
  const refusals = refusalsIn(findings);
  return {
    ...change,
    accepted: refusals.length === 0,
    hosts,
    problems: listed(refusals, 'MoreProblems'),
    warnings: listed([...change.lostZones.map(zoneLost), ...warningsIn(findings)], 'MoreWarnings'),
  };
}
