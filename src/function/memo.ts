/**
 * Keeps the results of a pure function by the bytes its argument was decoded from. A Composition's input is the same
 * in every call, so the few inputs of the few Compositions are parsed once each. Failures are not kept.
 */
export function memoizeByBytes<Argument, Result>(
  compute: (argument: Argument) => Result,
  capacity = 16,
): (bytes: Uint8Array, argument: Argument) => Result {
  const kept: { bytes: Buffer; result: Result }[] = [];
  return (bytes, argument) => {
    const known = kept.find(entry => entry.bytes.equals(bytes));
    if (known) return known.result;
    const result = compute(argument);
    kept.unshift({ bytes: Buffer.from(bytes), result });
    kept.length = Math.min(kept.length, capacity);
    return result;
  };
}
