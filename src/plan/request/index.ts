import { CLAIM_NAME, GROUP_NAME, MAX_CLAIM_NAME, MAX_GROUP_NAME, MAX_NODE_GROUPS } from '../../api/limits.ts';
import { type ClusterSpec, clusterSpec } from '../../api/v1alpha1/cluster.ts';
import { type Issue, issuesOf } from '../../base/issues.ts';
import { inKeyOrder, isObject, type JsonObject, objectAt } from '../../base/json.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Problem } from '../finding.ts';
import { checkSendable } from './raw/sendable.ts';
import { checkTemplates } from './raw/templates.ts';
import { checkTooLarge } from './raw/too-large.ts';
import { unknownFieldsOf } from './unknown-fields.ts';

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

export interface Request {
  /** What is asked for, with defaults; absent when the fields cannot be read. */
  spec?: ClusterSpec;
  problems: Problem[];
}

/** Reads the spec of a claim or composite: size, fields, bounds and names; not yet what the catalogue offers for them. */
export function readRequest(rawSpec: unknown, claimName: string, catalog: Catalog): Request {
  const tooLarge = checkTooLarge(rawSpec, catalog.limits);
  if (tooLarge.length > 0) return { problems: tooLarge };
  const asked = inKeyOrder(withoutMachinery(rawSpec));
  const unreadable = [...checkSendable(asked), ...checkGroupCount(asked)];
  if (unreadable.length > 0) return { problems: unreadable };
  const problems = [...checkClaimName(claimName), ...unknownFields(asked), ...checkTemplates(asked, catalog)];
  const parsed = clusterSpec.safeParse(asked);
  if (!parsed.success) return { problems: [...problems, ...issuesOf(parsed.error, 'spec').map(invalidField)] };
  problems.push(...checkGroups(parsed.data));
  return { spec: parsed.data, problems };
}

function withoutMachinery(rawSpec: unknown): JsonObject {
  if (!isObject(rawSpec)) return {};
  return Object.fromEntries(Object.entries(rawSpec).filter(([key]) => !MACHINERY.includes(key)));
}

/** What a schema found wrong, as a finding. */
export function invalidField(issue: Issue): Problem {
  return { code: 'InvalidField', ...issue, remedy: 'see the field in docs/api-reference.md' };
}

function checkClaimName(name: string): Problem[] {
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
function checkGroupCount(spec: JsonObject): Problem[] {
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

function checkGroups(spec: ClusterSpec): Problem[] {
  const problems: Problem[] = [];
  for (const [name, group] of Object.entries(spec.nodeGroups)) {
    if (!GROUP_NAME.test(name)) {
      problems.push({
        code: 'InvalidName',
        path: `spec.nodeGroups.${name}`,
        message: `${name} (${name.length} characters) cannot name a node group`,
        remedy: `use lower-case letters, digits and -, starting with a letter, at most ${MAX_GROUP_NAME} characters`,
      });
    }
    if (group.minReplicas > group.maxReplicas) {
      problems.push({
        code: 'MinAboveMax',
        path: `spec.nodeGroups.${name}.minReplicas`,
        message: `minReplicas ${group.minReplicas} is above maxReplicas ${group.maxReplicas}`,
        remedy: 'lower minReplicas or raise maxReplicas',
      });
    }
  }
  return problems;
}
