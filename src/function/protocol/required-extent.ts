import { type RawField, splitFields } from './wire.ts';

/** More than the Pods of any control plane, with those that failed and were left lying. */
const MOST_OBJECTS = 256;
/** For all of them together: some three times what the Pods of the largest control plane take. */
const MOST_BYTES = 1024 * 1024;

/** A request's fields that are decoded, and what is told about those that are not. */
export interface Bounded {
  fields: readonly RawField[];
  dropped: string | undefined;
}

/**
 * Leaves out the objects a request was given because this function asked for them, where they are too many to be
 * decoded: they are found by labels in a tenant's namespace, a tenant may be able to put any number of them there, and
 * decoding takes the one thread from everybody. To the composer it is as if nobody had looked yet.
 */
export function boundRequired(fields: readonly RawField[]): Bounded {
  const required = fields.filter(({ number }) => number === REQUIRED_RESOURCES);
  const bytes = required.reduce((sum, { whole }) => sum + whole.length, 0);
  const dropped = required.filter(entry => bytes > MOST_BYTES || itemsOf(entry) > MOST_OBJECTS);
  if (dropped.length === 0) return { fields, dropped: undefined };
  const what = dropped.map(nameOf).sort().join(', ');
  return {
    fields: fields.filter(field => !dropped.includes(field)),
    dropped:
      `what was found for ${what} is not read: more than ${MOST_OBJECTS} objects, or ${MOST_BYTES} bytes in all; ` +
      'a lost zone cannot be told until there are fewer',
  };
}

/** Field numbers of run_function.proto. */
const REQUIRED_RESOURCES = 8;
const ENTRY = { key: 1, value: 2 };
const ITEMS = 1;

function nameOf(entry: RawField): string {
  const key = partsOf(entry).find(({ number }) => number === ENTRY.key)?.body;
  return key ? new TextDecoder().decode(key) : '';
}

function itemsOf(entry: RawField): number {
  const values = partsOf(entry).filter(({ number }) => number === ENTRY.value);
  return values.flatMap(partsOf).filter(({ number }) => number === ITEMS).length;
}

/** What cannot be split is for the codec to refuse. */
function partsOf({ body }: RawField): RawField[] {
  try {
    return body ? splitFields(body) : [];
  } catch {
    return [];
  }
}
