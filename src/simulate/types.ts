import type { CompositeKind } from '../api/group.ts';
import type { KubeObject } from '../base/object.ts';
import type { ComposeInput, ComposeOutput } from '../compose/types.ts';

/** A composite as it stands in the simulated cluster, with all below it. */
export interface Standing {
  object: KubeObject;
  /** What was applied to make it so, by composition resource name; nothing is known of it at the beginning. */
  desired: ReadonlyMap<string, KubeObject>;
  /** Composed objects by composition resource name, composites among them included. */
  composed: ReadonlyMap<string, KubeObject>;
  /** What stands below the composites among them. */
  children: ReadonlyMap<string, Standing>;
}

/** A composite in a round: what the function saw and what it answered. */
export interface SimulatedComposite {
  kind: CompositeKind;
  input: ComposeInput;
  output: ComposeOutput;
  /** Composites among the composed objects that were there in this round, by composition resource name. */
  children: Map<string, SimulatedComposite>;
}
