import type { KubeObject } from '../../../src/base/object.ts';

/** A law about every object that is rendered for a claim. */
export interface ObjectLaw {
  /** What holds, as a test is named. */
  fact: string;
  /**
   * Places where it does not hold.
   *
   * @param tenant namespace of the claim; absent for the objects of a platform
   */
  violations(object: KubeObject, tenant: string | undefined): string[];
  /** Objects that break it: a law that lets one of them pass would let everything pass. */
  broken: KubeObject[];
}
