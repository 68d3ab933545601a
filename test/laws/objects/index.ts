import { childSpecs } from './child-specs.ts';
import { data } from './data.ts';
import { empties } from './empties.ts';
import { everyNode } from './every-node.ts';
import { judged } from './judged.ts';
import { kubeletArguments } from './kubelet-arguments.ts';
import { labels } from './labels.ts';
import { listMaps } from './list-maps.ts';
import { names } from './names.ts';
import { namespaces } from './namespaces.ts';
import { ours } from './ours.ts';
import { quantities } from './quantities.ts';
import { sharedNames } from './shared-names.ts';
import type { ObjectLaw } from './types.ts';

/** Every law about a single object. */
export const objectLaws: readonly ObjectLaw[] = [
  names,
  sharedNames,
  namespaces,
  labels,
  ours,
  data,
  quantities,
  judged,
  empties,
  childSpecs,
  listMaps,
  kubeletArguments,
  everyNode,
];
