import type { z } from 'zod';
import { CLAIM_KIND } from '../../api/group.ts';
import { platformSpec } from '../../api/platform.ts';
import { issuesOf } from '../../base/issues.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Finding } from '../../plan/finding.ts';
import { planCluster } from '../../plan/index.ts';
import { invalidField } from '../../plan/request/index.ts';
import { unknownFieldsOf } from '../../plan/request/unknown-fields.ts';
import { envelope } from './envelope.ts';
import type { Selected } from './select.ts';

/** What is wrong with an object, and what is probably not meant. */
export interface Findings {
  errors: Finding[];
  warnings: Finding[];
}

/** Checks a claim or platform object as the API server and the function would, without either. */
export function check({ content, object }: Selected, catalog: Catalog, now: Date): Findings {
  const errors = [...unknownEnvelopeFields(content), ...invalidFields(content, envelope, [])];
  if (object.kind !== CLAIM_KIND) return { errors: [...errors, ...platformProblems(object)], warnings: [] };
  const { name, namespace = '' } = object.metadata;
  const plan = planCluster({
    cluster: { namespace, name },
    requested: object.spec,
    observed: { pools: {} },
    catalog,
    now,
    reservations: { get: () => 'free' },
  });
  return { errors: [...errors, ...plan.problems], warnings: plan.warnings };
}

const unknownEnvelopeFields = unknownFieldsOf(envelope, '');
const unknownPlatformFields = unknownFieldsOf(platformSpec, 'spec');

function platformProblems({ spec }: KubeObject): Finding[] {
  return [...unknownPlatformFields(spec), ...invalidFields(spec, platformSpec, ['spec'])];
}

function invalidFields(data: unknown, schema: z.ZodType, root: string[]): Finding[] {
  const parsed = schema.safeParse(data);
  if (parsed.success) return [];
  return issuesOf(parsed.error, ...root).map(invalidField);
}
