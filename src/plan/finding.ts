import { listed } from './nearest.ts';

/**
 * What is said of a claim: something wrong with it, or probably not meant (decision refusal-says-what-is-right). The
 * code says which. Codes are documented in docs/errors.md; a test holds the two together.
 */
export interface Finding {
  code: FindingCode;
  /** Path of the field, for example `spec.nodeGroups.web.instanceType`. */
  path: string;
  /** What is wrong. */
  message: string;
  /** What would be right: all valid values for a list. */
  remedy: string;
}

/** Refusals: the claim is not accepted and what runs stays as it is. */
export const REFUSALS = [
  'InvalidField',
  'UnknownField',
  'InvalidName',
  'UnknownVersion',
  'VersionNotOffered',
  'VersionSkipped',
  'VersionDowngrade',
  'UnknownInstanceType',
  'UnknownGpu',
  'MixedGpus',
  'GpuNotInZone',
  'UnknownStorageClass',
  'StorageClassChanged',
  'UnknownZone',
  'ZonesChanged',
  'MinAboveMax',
  'InvalidSize',
  'TooLarge',
  'TemplateInOverride',
  'DuplicateEntry',
  'MoreProblems',
  'ReservedLabel',
  'ReservedTaint',
  'TooManyNodeGroups',
  'TooManyNodes',
  'HostNotAllowed',
  'HostTaken',
  'HostConflict',
] as const;

/** Warnings: the claim is accepted. */
export const WARNINGS = [
  'SingleReplica',
  'VersionExpired',
  'VersionExpires',
  'VersionPreview',
  'LegacyField',
  'IngressEngineRetired',
  'IngressOverrideIgnored',
  'NoIngressNodes',
  'NoNodeForSystemPods',
  'NothingExposed',
  'WildcardProxied',
  'GpuOperatorOff',
  'GpuMachineSmall',
  'NodesCapped',
  'MonitorsOff',
  'NoPublicEndpoint',
  'SharedNames',
  'NotInCatalogue',
  'ZoneLost',
  'MoreWarnings',
] as const;

/** Holds: accepted, and not yet (plan/change/pending.ts). */
export const HOLDS = [
  'PartNotReady',
  'VersionInProgress',
  'ControlPlaneBehind',
  'ChartBehind',
  'HostNotReserved',
  'HostInUse',
  'EtcdStands',
  'NodesDraining',
  'NodesUnknown',
  'ZoneLeaving',
  'ZonesInTurn',
  'LostZone',
  'IngressChanging',
  'IngressStillLeaving',
  'NoRoom',
] as const;

export type RefusalCode = (typeof REFUSALS)[number];
export type WarningCode = (typeof WARNINGS)[number];
export type HoldCode = (typeof HOLDS)[number];
export type FindingCode = RefusalCode | WarningCode;

const refusals: ReadonlySet<FindingCode> = new Set(REFUSALS);

/** The findings for which a claim is refused, in their order. */
export function refusalsIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }) => refusals.has(code));
}

/** The findings that only warn, in their order. */
export function warningsIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }) => !refusals.has(code));
}

/** What runs is no longer offered and is kept: the warning says where to move. */
export function notInCatalogue(what: string, path: string, who: string, offered: readonly string[]): Finding {
  return {
    code: 'NotInCatalogue',
    path,
    message: `${what} is no longer offered; ${who} keeps it`,
    remedy:
      offered.length > 0 ? `move to one of ${listed(offered)}` : 'plan a move; nothing of the kind is offered now',
  };
}

/** One line for people: code, path, what is wrong, what would be right. */
export function describeFinding({ code, path, message, remedy }: Finding): string {
  return `${code} at ${path}: ${message}; ${remedy}`;
}
