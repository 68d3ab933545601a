import { agesOf } from '../src/catalog/age.ts';
import { released } from '../src/catalog/defaults/released.ts';
import { hikubeCatalog } from '../src/catalog/index.ts';

/** Prints how old each entry of Hikube's catalogue is, the oldest first and what nobody knows the day of last. */
const entries = agesOf(hikubeCatalog, released, new Date()).sort((a, b) => (b.days ?? -1) - (a.days ?? -1));
const width = (pick: (entry: (typeof entries)[number]) => string) =>
  Math.max(...entries.map(entry => pick(entry).length));
const [names, versions] = [width(({ name }) => name), width(({ version }) => version)];
for (const { name, version, released: day, days } of entries) {
  const age = days === undefined ? 'unknown' : `${String(days).padStart(4)} days, ${day}`;
  console.log(`${name.padEnd(names)}  ${version.padEnd(versions)}  ${age}`);
}
