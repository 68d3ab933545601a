import type { KubeObject } from '../base/object.ts';

/** Rendered objects by composition resource name: stable words, unique within one composite. */
export type Rendered = Map<string, KubeObject>;

/** Observed objects that may go, by composition resource name, each with the reason in plain words. */
export type Leaving = Map<string, string>;
