import { stringAt } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import { isOurs } from './ours.ts';
import { ComposeFault, type Composer } from './types.ts';

/**
 * A composer that loses nothing by mistake. Crossplane deletes what a function leaves out, so a condition forgotten
 * anywhere would delete what runs: here every observed object of ours is wanted, or named as leaving with the reason, or
 * being deleted already. Anything else is FATAL, on which Crossplane changes nothing. So is an object that is both wanted
 * and named: nobody can tell which of the two was meant (decision leaves-by-name).
 */
export function leavingByName(compose: Composer): Composer {
  return input => {
    const output = compose(input);
    for (const [part, object] of input.observed) {
      const wanted = output.desired.has(part);
      const reason = output.leaving.get(part);
      const composing = `cannot compose ${input.composite.kind} ${input.composite.metadata.name}`;
      const what = `${object.kind} ${object.metadata.name} (${part})`;
      if (wanted && reason !== undefined) {
        throw new ComposeFault(
          'LeavingUnclear',
          `${composing}: ${what} is to stay and to leave (${reason}); ${ADVICE}`,
        );
      }
      if (!wanted && reason === undefined && isOurs(object) && !isBeingDeleted(object)) {
        throw new ComposeFault('WouldDelete', `${composing}: it would delete ${what} without a reason; ${ADVICE}`);
      }
    }
    return output;
  };
}

const ADVICE =
  'nothing is changed. This is a fault of the function: report it, and go back to the function image that ran before ' +
  '(docs/errors.md)';

function isBeingDeleted(object: KubeObject): boolean {
  return stringAt(object, 'metadata', 'deletionTimestamp') !== undefined;
}
