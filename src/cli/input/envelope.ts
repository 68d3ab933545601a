import { z } from 'zod';
import { API_VERSION } from '../../api/group.ts';

const anything = z.record(z.string(), z.unknown()).meta({ 'x-kubernetes-preserve-unknown-fields': true });
const strings = z.record(z.string(), z.string());

/** The object around the spec; metadata has what any Kubernetes object may carry when read back from a cluster. */
export const envelope = z.object({
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
