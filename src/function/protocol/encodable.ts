import { isExact } from '../../base/json.ts';
import { MAX_MESSAGES } from './nesting.ts';

/**
 * Makes sure that a value arrives as it is written. The codec would round large integers, turn NaN into null and a
 * Date into `{}`, all in silence; and what is nested too deep could be sent but never be read back once observed.
 * A property that is undefined is simply absent, as in JSON.
 *
 * @throws TypeError with the path of the first value that cannot be sent
 */
export function checkEncodable(value: unknown, what: string): void {
  check(value, [], MESSAGES_AROUND_OBJECT, what);
}

/** Request, state, map entry and resource enclose a composed object's own fields when it is observed. */
const MESSAGES_AROUND_OBJECT = 4;

/** `path` is one array, grown and cut on the way: this runs over every value of every call. */
function check(value: unknown, path: (string | number)[], enclosing: number, what: string): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) fail(what, path, `${value} is not a JSON number`);
      if (!isExact(value)) fail(what, path, `${value} would be rounded`);
      return;
    case 'object':
      break;
    default:
      fail(what, path, `a value of type ${typeof value} is not JSON`);
  }
  if (value === null) return;
  if (enclosing >= MAX_MESSAGES - 2) fail(what, path, 'it is nested too deep to be read back');
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      path.push(index);
      check(item, path, enclosing + 2, what);
      path.pop();
    });
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    fail(what, path, `a ${value.constructor?.name ?? 'value with a class'} is not JSON`);
  }
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    path.push(key);
    check(item, path, enclosing + 3, what);
    path.pop();
  }
}

function fail(what: string, path: readonly (string | number)[], why: string): never {
  const place = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  throw new TypeError(`cannot send ${what}${place && `, ${place.replace(/^\./, '')}`}: ${why}`);
}
