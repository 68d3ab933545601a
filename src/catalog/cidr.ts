/** A range of addresses. */
export interface Cidr {
  family: 4 | 6;
  /** Bits of the part all addresses share. */
  prefix: number;
  /** First and last address as numbers. */
  first: bigint;
  last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Reads `10.243.0.0/16` or `fd00:10::/56`; undefined for anything else, also where bits behind the prefix are set. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const parsed = parseAddress(address);
  const prefix = Number(length);
  if (!parsed || length === '' || prefix > BITS[parsed.family]) return undefined;
  const size = 1n << BigInt(BITS[parsed.family] - prefix);
  if (parsed.value % size !== 0n) return undefined;
  return { family: parsed.family, prefix, first: parsed.value, last: parsed.value + size - 1n };
}

/** Reads an address as a number. */
export function parseAddress(text: string): { family: 4 | 6; value: bigint } | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { family: text.includes(':') ? 6 : 4, value };
}

/** Whether two ranges share an address. */
export function overlap(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Four decimal numbers; a leading zero would be octal to some programs. */
function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

/** Eight groups of hexadecimal digits, one run of zeros written as `::`. */
function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map(half => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}
