/** A Kubernetes quantity as a number of its base unit: cores, bytes, pieces. */
export function parseQuantity(text: string): number {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([A-Za-z]*)$/.exec(text.trim());
  const factor = match && factors[match[2] ?? ''];
  if (!match || typeof factor !== 'number') throw new Error(`cannot read the quantity ${JSON.stringify(text)}`);
  return Number(match[1]) * factor;
}

const factors: Record<string, number> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};
