import type { Accepted } from '../../children.ts';
import type { HostRole } from '../../target/host-policy.ts';
import type { TargetChildren } from '../../target/types.ts';
import type { Facts } from '../facts.ts';
import type { PartName } from '../pending.ts';

/** A difference between what is accepted and what is to be, of one part and one kind. */
export type Step = StepKind & {
  part: PartName;
  /** Field of the claim it comes from. */
  path: string;
  /**
   * The parts with this step not taken yet. A part that must not appear yet is among them all the same: it is told, and
   * not composed.
   */
  without(children: TargetChildren): TargetChildren;
};

/** A part comes into being. */
export type Appearance = Extract<Step, { kind: 'appear' }>;

/** What guards look at, by kind. */
export type StepKind =
  /** A part that is not there yet. */
  | { kind: 'appear' }
  /** A node group gets its first nodes, of a version that is known once the control plane has reached one. */
  | { kind: 'first-nodes'; version: string | undefined; to: string }
  /** etcd is to be something else than it is. */
  | { kind: 'etcd' }
  /** The control plane goes to another version, vX.Y.Z. */
  | { kind: 'version'; from: string; to: string }
  /** The nodes of a group go to another version or image. */
  | { kind: 'nodes'; from: string; to: string }
  /** A public name is to lead to the cluster, whose API has one name now and perhaps another next. */
  | { kind: 'host'; role: HostRole; host: string; api: { now: string | undefined; next: string | undefined } }
  /** A release goes that nobody switched off: nothing asks for it any more. */
  | { kind: 'release-unneeded'; release: string };

export interface StepContext {
  accepted: Accepted;
  /** Releases nobody switched off, which nothing needs any more. */
  unneeded: readonly string[];
  facts: Facts;
}

/** Finds the steps of one kind, in a stable order. */
export type Steps = (target: TargetChildren, context: StepContext) => Step[];
