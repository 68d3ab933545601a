import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import {
  CLAIM_NAME,
  GROUP_NAME,
  MAX_CLAIM_NAME,
  MAX_COMPOSED,
  MAX_GROUP_NAME,
  MAX_NODE_GROUPS,
} from '../../src/api/limits.ts';
import { at, listAt, objectAt, stringAt } from '../../src/base/json.ts';

const text = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');
const [policy] = parseAllDocuments(text('package/policies/claim-names.yaml')).map(document => document.toJS());
const validations = listAt(policy, 'spec', 'validations');
const messages = validations.map(validation => stringAt(validation, 'messageExpression') ?? '');

test('the admission policy takes claim names of the same length and characters as the plan', () => {
  expect(validations.map(validation => at(validation, 'expression'))).toContain(
    `object.metadata.name.size() <= ${MAX_CLAIM_NAME} && object.metadata.name.matches('${CLAIM_NAME.source}')`,
  );
  expect(messages.filter(message => message.includes(`at most ${MAX_CLAIM_NAME} characters`))).toHaveLength(1);
});

test('the admission policy takes names of node groups of the same length and characters as the plan', () => {
  const [badGroups] = listAt(policy, 'spec', 'variables').map(variable => stringAt(variable, 'expression') ?? '');
  expect(badGroups).toContain(`name.size() > ${MAX_GROUP_NAME} || !name.matches('${CLAIM_NAME.source}')`);
  expect(messages.filter(message => message.includes(`at most ${MAX_GROUP_NAME} characters`))).toHaveLength(1);
  for (const length of [1, 2, MAX_GROUP_NAME]) expect(GROUP_NAME.test('g'.repeat(length))).toBe(true);
  expect(GROUP_NAME.test('g'.repeat(MAX_GROUP_NAME + 1))).toBe(false);
});

test('the definition the API server checks claims by holds as many node groups as the plan', () => {
  const [version] = listAt(parseAllDocuments(text('apis/hikubeclusters.yaml'))[0]?.toJS(), 'spec', 'versions');
  const spec = objectAt(version, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties');
  expect(at(spec, 'nodeGroups', 'maxProperties')).toBe(MAX_NODE_GROUPS);
});

test('the documentation tells the same limits', () => {
  const errors = text('docs/errors.md');
  expect(errors).toContain(`claims up to ${MAX_CLAIM_NAME} characters, node groups up to ${MAX_GROUP_NAME}.`);
  expect(errors).toContain(`More than ${MAX_NODE_GROUPS} node groups.`);
  const architecture = text('docs/architecture.md');
  expect(architecture).toContain(`No composite composes more than ${MAX_COMPOSED} objects.`);
  expect(architecture).toContain(`more than ${MAX_COMPOSED} objects waits`);
  const decisions = text('docs/decisions.md');
  expect(decisions).toContain(`No composite composes more than ${MAX_COMPOSED} objects`);
  expect(decisions).toContain(`a cluster has at most ${MAX_NODE_GROUPS} node groups`);
  expect(decisions).toContain(
    `a DNS-1035 label of at most ${MAX_CLAIM_NAME} characters, a group's has at most ${MAX_GROUP_NAME}`,
  );
});
