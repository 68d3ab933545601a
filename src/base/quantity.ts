const QUANTITY = /^([0-9]+(?:\.[0-9]+)?)(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi)?$/;
const FACTORS: Record<string, number> = {
  m: 1e-3,
  '': 1,
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

/** Pattern for a quantity in a schema; the empty string means "not set" (D16). */
export const QUANTITY_PATTERN = '^$|^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi)?$';

/** Base units (cores, bytes) of a Kubernetes quantity such as `500m`, `4` or `8Gi`; `undefined` if it is none. */
export function parseQuantity(text: string): number | undefined {
  const match = QUANTITY.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * (FACTORS[match[2] ?? ''] ?? Number.NaN);
}

/** Whole mebibytes of a memory or disk quantity, rounded down. */
export function mebibytes(text: string): number | undefined {
  const bytes = parseQuantity(text);
  return bytes === undefined ? undefined : Math.floor(bytes / 2 ** 20);
}

/** Whole millicores of a CPU quantity, rounded up as Kubernetes does. */
export function millicores(text: string): number | undefined {
  const cores = parseQuantity(text);
  return cores === undefined ? undefined : Math.ceil(Math.round(cores * 1e6) / 1e3);
}
