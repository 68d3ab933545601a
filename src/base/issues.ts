import type { z } from 'zod';

/** What is wrong with one field of data. */
export interface Issue {
  /** `spec.nodeGroups.ml.gpus[0].name` */
  path: string;
  message: string;
}

/**
 * What a schema finds wrong with data, field by field.
 *
 * @param root where the data lies within what people know, for example `spec`
 */
export function issuesOf({ issues }: z.ZodError, ...root: string[]): Issue[] {
  return issues.map(issue => ({ path: fieldPath([...root, ...issue.path]), message: messageOf(issue) }));
}

/** Joins path parts the way Kubernetes writes them: `spec.nodeGroups.ml.gpus[0].name`. */
export function fieldPath(parts: readonly (PropertyKey | number)[]): string {
  return parts.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path ? `${path}.${String(part)}` : String(part)),
    '',
  );
}

/** Of several forms none of which fits, the first is the usual one. */
function messageOf(issue: z.core.$ZodIssue): string {
  const usual = issue.code === 'invalid_union' ? issue.errors[0]?.[0]?.message : undefined;
  return usual ?? issue.message;
}
