/** A part of an accepted claim that waits (design section 9): it goes on by itself once what it waits for is there. */
export interface Hold {
  /** Path of the field, for example `spec.version`. */
  path: string;
  /** What it waits for. */
  reason: string;
}
