/**
 * The server name a TLS client asks for, read from the first bytes it sends: undefined while they do not hold the whole
 * greeting, null when it names none or is no TLS.
 */
export function serverName(bytes: Buffer): string | null | undefined {
  if (bytes.length < RECORD_HEADER) return undefined;
  if (bytes[0] !== HANDSHAKE) return null;
  const length = bytes.readUInt16BE(3);
  if (bytes.length < RECORD_HEADER + length) return undefined;
  try {
    return nameIn(bytes.subarray(RECORD_HEADER, RECORD_HEADER + length));
  } catch (error) {
    // A length that points beyond the end: not a greeting anybody can serve.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const RECORD_HEADER = 5;
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;

function nameIn(hello: Buffer): string | null {
  if (hello.readUInt8(0) !== CLIENT_HELLO) return null;
  // Type and length, version, random; then session, ciphers and compressions, each behind its own length.
  let at = 4 + 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  while (at < end) {
    const [type, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
    at += 4;
    // A list with its length, of entries with type and length; only host names exist.
    if (type === SERVER_NAME) return hello.toString('ascii', at + 5, at + 5 + hello.readUInt16BE(at + 3)).toLowerCase();
    at += length;
  }
  return null;
}
