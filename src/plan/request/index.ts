import { CLAIM_NAME, GROUP_NAME, MAX_CLAIM_NAME, MAX_GROUP_NAME, MAX_NODE_GROUPS } from '../../api/limits.ts';
import { clusterSpec } from '../../api/v1alpha1/cluster.ts';
import { type Issue, issuesOf } from '../../base/issues.ts';
import { inKeyOrder, isObject, type JsonObject, objectAt } from '../../base/json.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Finding } from '../finding.ts';
import { checkSendable } from './raw/sendable.ts';
import { checkTemplates } from './raw/templates.ts';
import { checkTooLarge } from './raw/too-large.ts';
import type { Request } from './request.ts';
import { unknownFieldsOf } from './unknown-fields.ts';
import { fromV1alpha1 } from './v1alpha1.ts';

/** Fields that Crossplane keeps in the spec of a claim or a legacy composite; none of them is the tenant's word. */
const MACHINERY = [
  'claimRef',
  'compositeDeletePolicy',
  'compositionRef',
  'compositionRevisionRef',
  'compositionRevisionSelector',
  'compositionSelector',
  'compositionUpdatePolicy',
  'publishConnectionDetailsTo',
  'resourceRef',
  'resourceRefs',
  'writeConnectionSecretToRef',
];

const unknownFields = unknownFieldsOf(clusterSpec, 'spec');

/** A claim as read; without a request when its fields cannot be read. */
export interface Reading {
  request?: Request;
  findings: Finding[];
}

/** Reads the spec of a claim or composite: size, fields, bounds and names; not yet what the catalogue offers for them. */
export function readRequest(rawSpec: unknown, claimName: string, catalog: Catalog): Reading {
  const tooLarge = checkTooLarge(rawSpec, catalog.limits);
  if (tooLarge.length > 0) return { findings: tooLarge };
  const asked = inKeyOrder(withoutMachinery(rawSpec));
  const unreadable = [...checkSendable(asked), ...checkGroupCount(asked)];
  if (unreadable.length > 0) return { findings: unreadable };
  const findings = [...checkClaimName(claimName), ...unknownFields(asked), ...checkTemplates(asked, catalog)];
  const parsed = clusterSpec.safeParse(asked);
  if (!parsed.success) return { findings: [...findings, ...issuesOf(parsed.error, 'spec').map(invalidField)] };
  const read = fromV1alpha1(parsed.data);
  return { request: read.request, findings: [...findings, ...checkGroups(read.request), ...read.findings] };
}

function withoutMachinery(rawSpec: unknown): JsonObject {
  if (!isObject(rawSpec)) return {};
  return Object.fromEntries(Object.entries(rawSpec).filter(([key]) => !MACHINERY.includes(key)));
}

/** What a schema found wrong, as a finding. */
export function invalidField(issue: Issue): Finding {
  return { code: 'InvalidField', ...issue, remedy: 'see the field in docs/api-reference.md' };
}

function checkClaimName(name: string): Finding[] {
  if (name.length <= MAX_CLAIM_NAME && CLAIM_NAME.test(name)) return [];
  return [
    {
      code: 'InvalidName',
      path: 'metadata.name',
      message: `${name} (${name.length} characters) cannot name a cluster`,
      remedy: `use lower-case letters, digits and -, starting with a letter, at most ${MAX_CLAIM_NAME} characters`,
    },
  ];
}

/** Before the groups are read: each of them is planned, and has problems of its own. */
function checkGroupCount(spec: JsonObject): Finding[] {
  const { length } = Object.keys(objectAt(spec, 'nodeGroups'));
  if (length <= MAX_NODE_GROUPS) return [];
  return [
    {
      code: 'TooManyNodeGroups',
      path: 'spec.nodeGroups',
      message: `${length} node groups are more than a cluster can have`,
      remedy: `use at most ${MAX_NODE_GROUPS}`,
    },
  ];
}

function checkGroups({ groups }: Request): Finding[] {
  return Object.values(groups).flatMap(({ name, path, min, max }) => [
    ...(GROUP_NAME.test(name) ? [] : [badGroupName(name, path)]),
    ...(min <= max ? [] : [minAboveMax(min, max, path)]),
  ]);
}

function badGroupName(name: string, path: string): Finding {
  return {
    code: 'InvalidName',
    path,
    message: `${name} (${name.length} characters) cannot name a node group`,
    remedy: `use lower-case letters, digits and -, starting with a letter, at most ${MAX_GROUP_NAME} characters`,
  };
}

function minAboveMax(min: number, max: number, path: string): Finding {
  return {
    code: 'MinAboveMax',
    path: `${path}.minReplicas`,
    message: `minReplicas ${min} is above maxReplicas ${max}`,
    remedy: 'lower minReplicas or raise maxReplicas',
  };
}
