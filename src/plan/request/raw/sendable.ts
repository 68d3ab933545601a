import { fieldPath } from '../../../base/issues.ts';
import { isExact, type JsonObject } from '../../../base/json.ts';
import type { Finding } from '../../finding.ts';
import { walk } from './walk.ts';

/**
 * What would not arrive as it is written, wherever it stands: numbers that the wire rounds, the one name that JavaScript
 * takes for something else, half a character.
 */
export function checkSendable(spec: JsonObject): Finding[] {
  const problems: Finding[] = [];
  walk(spec, (value, place) => {
    const found = fault(place[place.length - 1], value);
    if (found) problems.push({ ...found, path: fieldPath(['spec', ...place]) });
    return true;
  });
  return problems;
}

function fault(key: string | number | undefined, value: unknown): Omit<Finding, 'path'> | undefined {
  if (key === '__proto__') {
    return { code: 'InvalidField', message: '__proto__ cannot be the name of anything here', remedy: 'leave it out' };
  }
  if (typeof value === 'number' && !isExact(value)) {
    return {
      code: 'InvalidSize',
      message: `${value} cannot be sent as it is written`,
      remedy: `use a number between -${Number.MAX_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}, or a text`,
    };
  }
  const texts = [key, value].filter(text => typeof text === 'string');
  if (texts.every(text => text.isWellFormed())) return undefined;
  return { code: 'InvalidField', message: 'half a character cannot be sent', remedy: 'write the whole character' };
}
