import { z } from 'zod';
import { API_VERSION, CLAIM_KIND } from '../../api/group.ts';
import { platformSpec } from '../../api/platform.ts';
import { issuesOf } from '../../base/issues.ts';
import type { KubeObject } from '../../base/object.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Finding } from '../../plan/finding.ts';
import { planCluster } from '../../plan/index.ts';
import { invalidField } from '../../plan/request/index.ts';
import { unknownFieldsOf } from '../../plan/request/unknown-fields.ts';
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

const anything = z.record(z.string(), z.unknown()).meta({ 'x-kubernetes-preserve-unknown-fields': true });
const strings = z.record(z.string(), z.string());

/** The object around the spec; metadata has what any Kubernetes object may carry when read back from a cluster. */
const envelope = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    labels: strings.optional(),
    annotations: strings.optional(),
    finalizers: z.array(z.string()).optional(),
    ownerReferences: z.array(anything).optional(),
    managedFields: z.array(anything).optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    generation: z.int().optional(),
    creationTimestamp: z.string().nullish(),
    deletionTimestamp: z.string().optional(),
    deletionGracePeriodSeconds: z.int().optional(),
    generateName: z.string().optional(),
    selfLink: z.string().optional(),
  }),
  spec: anything,
  status: anything.optional(),
});

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
