import { listed } from './nearest.ts';

/**
 * Something wrong with a claim, or probably not meant (design section 7).
 * Codes are documented in docs/errors.md; a test holds the two together.
 */
export interface Problem {
  code: ProblemCode;
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
  'IngressStillLeaving',
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

export type RefusalCode = (typeof REFUSALS)[number];
export type WarningCode = (typeof WARNINGS)[number];
export type ProblemCode = RefusalCode | WarningCode;

/** What runs is no longer offered and is kept: the warning says where to move. */
export function notInCatalogue(what: string, path: string, who: string, offered: readonly string[]): Problem {
  return {
    code: 'NotInCatalogue',
    path,
    message: `${what} is no longer offered; ${who} keeps it`,
    remedy:
      offered.length > 0 ? `move to one of ${listed(offered)}` : 'plan a move; nothing of the kind is offered now',
  };
}

/** One line for people: code, path, what is wrong, what would be right. */
export function describeProblem(problem: Problem): string {
  return `${problem.code} at ${problem.path}: ${problem.message}; ${problem.remedy}`;
}
