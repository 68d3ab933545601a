import { z } from 'zod';
import { INGRESS_ENGINES } from '../../api/ingress-engines.ts';

export const ingress = z.strictObject({
  /** Engine of a cluster whose claim names none; a cluster that runs keeps the one it has. */
  engine: z.enum(INGRESS_ENGINES),
  /** Engines without maintenance upstream, and since when: claims that use them are told. */
  retired: z.partialRecord(
    z.enum(INGRESS_ENGINES),
    z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, 'is not a date such as 2026-03 or 2026-03-31'),
  ),
});
