import { hosts } from './hosts.ts';
import { ready } from './ready.ts';
import { repeatable } from './repeatable.ts';
import { size } from './size.ts';
import { status } from './status.ts';
import type { CompositeLaw } from './types.ts';

/** Every law about a composite as a whole. */
export const compositeLaws: readonly CompositeLaw[] = [size, ready, repeatable, status, hosts];
