/** Joins path parts the way Kubernetes writes them: `spec.nodeGroups.ml.gpus[0].name`. */
export function fieldPath(parts: readonly (PropertyKey | number)[]): string {
  return parts.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path ? `${path}.${String(part)}` : String(part)),
    '',
  );
}
