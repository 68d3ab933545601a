import { RunFunctionRequest, RunFunctionResponse, State } from '@crossplane-org/function-sdk-typescript';
import { type DeepPlace, findTooDeep } from './nesting.ts';
import { boundRequired } from './required-extent.ts';
import { messageField, type RawField, splitFields } from './wire.ts';

/** A request as received: decoded by the SDK's codec, and its top-level fields as they came. */
export interface Received {
  request: RunFunctionRequest;
  fields: readonly RawField[];
  /** What was decoded: all of it, but for what is too much. */
  read: Uint8Array;
  /** What was not decoded because it is too much, as it is told. */
  dropped: string | undefined;
}

/** A request the codec cannot take because something in it is nested too deep; what can be read of it is there. */
export interface Unreadable {
  tag: string;
  place: DeepPlace;
  fields: readonly RawField[];
}

/** Bytes that are no RunFunctionRequest at all: the caller does not speak the protocol. */
export class MalformedRequest extends Error {
  override name = 'MalformedRequest';
}

/**
 * Decodes a request. The codec refuses messages nested deeper than `MAX_MESSAGES`; only then are the bytes searched
 * for the place, so that a good request pays nothing for it.
 *
 * @throws MalformedRequest when the bytes are no request
 */
export function decodeRequest(bytes: Uint8Array): Received | Unreadable {
  const fields = fieldsOf(bytes);
  const bounded = boundRequired(fields);
  const read = bounded.dropped === undefined ? bytes : Buffer.concat(bounded.fields.map(({ whole }) => whole));
  try {
    const request = RunFunctionRequest.decode(read);
    decodeCopied(fields);
    return { request, fields, read, dropped: bounded.dropped };
  } catch (cause) {
    const place = findTooDeep(read);
    if (place) return { tag: tagOf(fields), place, fields };
    throw new MalformedRequest('cannot decode the request: it is not a RunFunctionRequest', { cause });
  }
}

/**
 * Encodes a response around what earlier steps of the pipeline wrote. `response.desired` holds only what is ours;
 * the desired objects and the context of the request are copied as bytes. A composite in `response.desired` takes
 * the place of the received one; a composed object takes the place of a received one of the same name, since the
 * last entry of a map wins.
 */
export function encodeResponse(response: RunFunctionResponse, received: readonly RawField[]): Buffer {
  const { desired, ...rest } = response;
  const ours = desired ?? { composite: undefined, resources: {} };
  const theirs = received
    .filter(field => field.number === REQUEST.desired && field.body !== undefined)
    .flatMap(field => splitFields(field.body ?? new Uint8Array()))
    .filter(field => !(field.number === STATE_COMPOSITE && ours.composite))
    .map(field => field.whole);
  const context = received
    .filter(field => field.number === REQUEST.context)
    .map(field => messageField(RESPONSE.context, field.body ?? new Uint8Array()));
  return Buffer.concat([
    RunFunctionResponse.encode({ ...rest, desired: undefined, context: undefined }).finish(),
    messageField(RESPONSE.desired, ...theirs, State.encode(ours).finish()),
    ...context,
  ]);
}

/**
 * Encodes a refusal. Nothing is applied after one, so what earlier steps desired may stay away where it cannot be read,
 * or makes the answer too large: whatever came, a refusal can be sent.
 */
export function encodeRefusal(refusal: RunFunctionResponse, received: readonly RawField[], mostBytes: number): Buffer {
  try {
    const whole = encodeResponse(refusal, received);
    if (whole.length <= mostBytes) return whole;
  } catch {
    // Below, without what was received.
  }
  return encodeResponse(refusal, []);
}

/**
 * Decodes each field that is copied into the answer with something after it, as it will have there. The codec lets a
 * message reach beyond the one it lies in, and end early at a field without a number: what comes next is then not found.
 *
 * @throws Error when it is not
 */
function decodeCopied(fields: readonly RawField[]): void {
  for (const { number, body } of fields) {
    if (body === undefined) continue;
    if (number === REQUEST.context) {
      const { meta } = RunFunctionResponse.decode(Buffer.concat([messageField(RESPONSE.context, body), META_AFTER]));
      if (meta?.tag !== AFTER) throw new RangeError('cannot copy the context: it does not end where it says');
    }
    if (number !== REQUEST.desired) continue;
    for (const { whole } of splitFields(body)) {
      const { resources } = State.decode(Buffer.concat([whole, RESOURCE_AFTER]));
      if (!Object.hasOwn(resources, AFTER)) throw new RangeError('cannot copy desired: it does not end where it says');
    }
  }
}

const AFTER = 'after what is copied';
const META_AFTER = RunFunctionResponse.encode(RunFunctionResponse.fromPartial({ meta: { tag: AFTER } })).finish();
const RESOURCE_AFTER = State.encode(State.fromPartial({ resources: { [AFTER]: {} } })).finish();

/** The bytes of the step's input as received, the key under which its parsed form can be kept. */
export function inputBytes(fields: readonly RawField[]): Uint8Array {
  return Buffer.concat(fields.filter(field => field.number === REQUEST.input).map(field => field.whole));
}

/** Field numbers of run_function.proto that are handled as bytes. */
const REQUEST = { meta: 1, desired: 3, input: 4, context: 5 };
const RESPONSE = { desired: 2, context: 4 };
const STATE_COMPOSITE = 1;

function fieldsOf(bytes: Uint8Array): RawField[] {
  try {
    return splitFields(bytes);
  } catch (cause) {
    throw new MalformedRequest('cannot decode the request: it is not a protobuf message', { cause });
  }
}

function tagOf(fields: readonly RawField[]): string {
  const meta = fields.filter(field => field.number === REQUEST.meta).map(field => field.whole);
  try {
    return RunFunctionRequest.decode(Buffer.concat(meta)).meta?.tag ?? '';
  } catch (cause) {
    throw new MalformedRequest('cannot decode the request: its meta is broken', { cause });
  }
}
