import { pathOf, walkRequest } from './request-walk.ts';

/** How many messages may enclose one another before the SDK's codec gives up. */
export const MAX_MESSAGES = 100;
/** What that comes to in JSON: an object in an object costs three messages, a list in a list two. */
export const MAX_OBJECTS = 32;

/** Where a request is nested too deep. */
export interface DeepPlace {
  /** As in `observed.resources["web"].resource.spec.a.b …`, cut after some segments. */
  path: string;
}

/**
 * Finds the first place in the bytes of a RunFunctionRequest that the codec cannot decode for its depth.
 *
 * @returns undefined when nothing is too deep, or the bytes cannot be followed
 */
export function findTooDeep(bytes: Uint8Array): DeepPlace | undefined {
  let place: DeepPlace | undefined;
  walkRequest(bytes, stack => {
    if (stack.length > MAX_MESSAGES) place = { path: pathOf(stack) };
    return place === undefined;
  });
  return place;
}
