import type { KubeObject } from '../base/object.ts';

/** Rendered objects by composition resource name: stable words, unique within one composite. */
export type Rendered = Map<string, KubeObject>;
