import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** One occurrence of a field of a protobuf message, as it lies in the bytes. */
export interface RawField {
  number: number;
  /** Tag and value together. */
  whole: Uint8Array;
  /** The value alone, for fields that carry a message, a string or bytes. */
  body: Uint8Array | undefined;
}

/**
 * Splits a protobuf message into its top-level fields without decoding them, so that parts which are not ours to
 * change can be copied byte for byte, fields that this release does not know included.
 *
 * @throws Error when the bytes are not a protobuf message
 */
export function splitFields(message: Uint8Array): RawField[] {
  const reader = new BinaryReader(message);
  const fields: RawField[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, wireType] = reader.tag();
    let body: Uint8Array | undefined;
    if (wireType === WireType.LengthDelimited) body = reader.bytes();
    else reader.skip(wireType, number);
    if (reader.pos > reader.len) throw new RangeError('premature end of message');
    fields.push({ number, whole: message.subarray(start, reader.pos), body });
  }
  return fields;
}

/** The bytes of a field that carries a message, under a number of its own. */
export function messageField(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const writer = new BinaryWriter().tag(number, WireType.LengthDelimited).fork();
  for (const part of parts) writer.raw(part);
  return writer.join().finish();
}
