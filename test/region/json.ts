/** JSON as read from a Kubernetes API: nothing is known of a value until an accessor below has looked at it. */
export type JsonObject = { [key: string]: unknown };

/** True for a plain JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Walks into unknown JSON; undefined as soon as a step is missing.
 * @example at(cluster, 'status', 'conditions', 0, 'type')
 */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof step === 'number') current = Array.isArray(current) ? current[step] : undefined;
    else current = isObject(current) ? current[step] : undefined;
  }
  return current;
}

/** The value as a string, or undefined when it is something else. */
export function str(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a number, or undefined when it is something else. */
export function num(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The value as a boolean, or undefined when it is something else. */
export function bool(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The value as an object; an empty one when it is something else. */
export function obj(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; an empty one when it is something else. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The string entries of an object such as labels or nodeSelector. */
export function strings(value: unknown): Record<string, string> {
  const entries = Object.entries(obj(value)).flatMap(([key, entry]) =>
    typeof entry === 'string' ? [[key, entry] as const] : [],
  );
  return Object.fromEntries(entries);
}

/** A condition of a status by its type, with the fields every Kubernetes condition shares. */
export function condition(object: unknown, type: string): Condition | undefined {
  for (const entry of list(at(object, 'status', 'conditions'))) {
    if (at(entry, 'type') !== type) continue;
    return {
      type,
      status: str(at(entry, 'status')) ?? 'Unknown',
      reason: str(at(entry, 'reason')) ?? '',
      message: str(at(entry, 'message')) ?? '',
    };
  }
  return undefined;
}

/** What is read of a condition. */
export interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}
