import { CLUSTER_LABEL, PART_OF_LABEL } from '../base/labels.ts';
import type { KubeObject } from '../base/object.ts';

/**
 * Whether this function composed an observed object: everything it renders carries one of these labels (test/laws). What
 * other functions of the same pipeline compose carries none of them, and is none of our business. Objects that an older
 * function made before they had a label become ours in the first round, which gives them one.
 */
export function isOurs({ metadata: { labels } }: KubeObject): boolean {
  return labels?.[CLUSTER_LABEL] !== undefined || labels?.[PART_OF_LABEL] !== undefined;
}
