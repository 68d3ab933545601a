import type { JsonObject } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import type { Catalog } from '../catalog/schema.ts';
import type { Leaving } from '../render/types.ts';

/**
 * The border between the pure core and its edges: plain data in, plain data out.
 * The gRPC server, the command line and the tests all speak it; nothing in it knows the protocol.
 */
export interface ComposeInput {
  /** The composite as Crossplane observed it. */
  composite: KubeObject;
  /** Composed objects that exist, by composition resource name. */
  observed: ReadonlyMap<string, KubeObject>;
  /** Required objects asked for in an earlier call, by requirement name; an empty list means looked up, none found. */
  required: ReadonlyMap<string, readonly KubeObject[]>;
  catalog: Catalog;
  now: Date;
}

/** Whether Crossplane counts a composed object as ready. */
export interface DesiredObject {
  object: KubeObject;
  ready: boolean;
}

export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** A condition on the composite and, if the kind has a claim, on the claim. */
export interface Condition {
  type: string;
  status: ConditionStatus;
  reason: string;
  message?: string;
}

/** An event on the composite and its claim. FATAL results are thrown as `ComposeError`, never returned. */
export interface Notice {
  severity: 'warning' | 'normal';
  reason: string;
  message: string;
}

/**
 * Objects the function must see before it can decide; matched by exact kind, and by name or labels that this project
 * computes (decision computed-names-only).
 */
export type Requirement = {
  apiVersion: string;
  kind: string;
  namespace?: string;
} & ({ name: string; matchLabels?: never } | { name?: never; matchLabels: MatchLabels });

/** Labels with these values, all of them. */
export interface MatchLabels {
  [key: string]: string;
}

export interface ComposeOutput {
  /** Everything wanted, by composition resource name. */
  desired: Map<string, DesiredObject>;
  /** Observed objects that are meant to go, with the reason; any other that is left out is FATAL (leaving.ts). */
  leaving: Leaving;
  status: JsonObject;
  conditions: Condition[];
  notices: Notice[];
  requirements: Map<string, Requirement>;
  /** Overrides the roll-up over composed objects when set. */
  ready?: boolean;
  /** When the composite must be looked at again though nothing changed, in seconds; absent means watches suffice. */
  recheckAfterSeconds?: number;
}

/** Composes one kind. Pure and total but for `ComposeError`. */
export type Composer = (input: ComposeInput) => ComposeOutput;

/** Input that cannot be decoded, or a state in which going on would lose something: becomes a FATAL result. */
export class ComposeError extends Error {
  override name = 'ComposeError';
  readonly reason: string;

  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A fault of ours, found before it did harm: told like wrong input, but counted and logged as what it is. */
export class ComposeFault extends ComposeError {
  override name = 'ComposeFault';
}
