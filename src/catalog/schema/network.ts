import { addressing } from '../../api/children/common.ts';

/** Addresses inside every tenant cluster. */
export const network = addressing.strict();
