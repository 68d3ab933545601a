import type { Facts } from '../facts.ts';
import type { Hold } from '../pending.ts';
import type { Step } from '../steps/types.ts';

/** Why a step may not be taken yet, or undefined where this guard has nothing against it. */
export type Guard = (step: Step, facts: Facts) => Hold | undefined;
