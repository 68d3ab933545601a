import { z } from 'zod';
import { parseQuantity } from '../../api/quantity.ts';

export const quantity = z
  .string()
  .refine(text => parseQuantity(text) !== undefined, 'is not a quantity such as 500m or 8Gi');

export const image = z
  .string()
  .regex(/^[^\s:]+(:\d+)?(\/[^\s:@]+)+(:[\w.-]+|@sha256:[0-9a-f]{64})$/, 'is not an image with a tag or digest');
