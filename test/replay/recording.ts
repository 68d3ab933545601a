import { z } from 'zod';
import { KINDS } from '../../src/api/group.ts';
import { isObject } from '../../src/base/json.ts';
import type { KubeObject } from '../../src/base/object.ts';

const object = z.custom<KubeObject>(value => isObject(value) && isObject(value.metadata));

/** What record.ts writes: the composites of some examples with what a function saw of them. */
export const recording = z.array(
  z.object({
    example: z.string(),
    kind: z.enum(KINDS),
    composite: object,
    observed: z.record(z.string(), object),
    required: z.record(z.string(), z.array(object)),
  }),
);
export type Recorded = z.infer<typeof recording>[number];
