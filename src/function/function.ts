import { type Catalog, CatalogError } from '../catalog/index.ts';
import { ComposeError, ComposeFault } from '../compose/types.ts';
import { memoizeByBytes } from './memo.ts';
import { decodeRequest, encodeRefusal, encodeResponse, inputBytes, MalformedRequest } from './protocol/codec.ts';
import { findLostKeys, withLostKeys } from './protocol/lost-keys.ts';
import { MAX_OBJECTS } from './protocol/nesting.ts';
import type { RawField } from './protocol/wire.ts';
import { describeComposite, type Identity, readComposite, readInput } from './request.ts';
import { MAX_RESPONSE_BYTES, refuse, respond } from './respond.ts';
import { type Composers, route } from './router.ts';

/** What the function is made of; `main.ts` gives the real parts, tests give small ones. */
export interface FunctionParts {
  composers: Composers;
  /** Reads the step's input; undefined is Hikube's own catalogue. Throws `CatalogError`. */
  parseCatalog: (input: unknown) => Catalog;
  now: () => Date;
  /** Told about every call after it is answered. */
  onCall?: (call: Call) => void;
}

/** What became of a call: `fatal` is an answer to wrong input, `error` a fault of ours, `malformed` no answer at all. */
export type CallResult = 'ok' | 'fatal' | 'error' | 'malformed';

/** One call, for logs and metrics. */
export interface Call extends Identity {
  tag: string;
  result: CallResult;
  seconds: number;
  requestBytes: number;
  responseBytes: number;
  /** Objects of ours in the desired state. */
  composed: number;
  /** What goes, and why; absent while nothing does. */
  leaving?: Record<string, string>;
  error?: unknown;
}

/**
 * RunFunction over bytes: encoded request in, encoded response out. Whatever goes wrong while composing becomes a
 * FATAL result, on which Crossplane changes nothing.
 *
 * @throws MalformedRequest when the bytes are no request
 */
export type RunFunction = (bytes: Uint8Array) => Buffer;

export function createFunction({ composers, parseCatalog, now, onCall }: FunctionParts): RunFunction {
  const catalogOf = memoizeByBytes(parseCatalog);
  return bytes => {
    const started = performance.now();
    const outcome = run(bytes);
    const { response, ...call } = outcome;
    onCall?.({
      ...call,
      seconds: (performance.now() - started) / 1000,
      requestBytes: bytes.length,
      responseBytes: response?.length ?? 0,
    });
    if (!response) throw outcome.error;
    return response;
  };

  function run(bytes: Uint8Array): Outcome {
    const call: Outcome = { ...NOBODY, tag: '', result: 'malformed', composed: 0, response: undefined };
    let fields: readonly RawField[] = [];
    try {
      const received = decodeRequest(bytes);
      fields = received.fields;
      if ('place' in received) {
        call.tag = received.tag;
        throw new ComposeError('TooDeep', tooDeep(received.place.path));
      }
      const { request, read, dropped } = received;
      call.tag = request.meta?.tag ?? '';
      const composite = readComposite(request);
      Object.assign(call, describeComposite(composite));
      withLostKeys(composite, findLostKeys(read));
      const compose = route(composite, composers);
      const catalog = catalogOf(inputBytes(fields), request.input);
      const output = compose(readInput(request, composite, catalog, now()));
      if (dropped !== undefined) output.notices.push({ severity: 'warning', reason: 'TooMuchFound', message: dropped });
      call.composed = output.desired.size;
      if (output.leaving.size > 0) call.leaving = Object.fromEntries(output.leaving);
      call.response = encodeResponse(respond(output, request, composite), fields);
      if (call.response.length > MAX_RESPONSE_BYTES) throw new ComposeError('TooLarge', tooLarge(call.response.length));
      call.result = 'ok';
    } catch (error) {
      call.error = error;
      if (error instanceof MalformedRequest) return call;
      const known = error instanceof ComposeError || error instanceof CatalogError;
      call.result = known && !(error instanceof ComposeFault) ? 'fatal' : 'error';
      const refusal = refuse(call.tag, reasonOf(error), answerTo(error, known));
      call.response = encodeRefusal(refusal, fields, MAX_RESPONSE_BYTES);
    }
    return call;
  }
}

type Outcome = Omit<Call, 'seconds' | 'requestBytes' | 'responseBytes'> & { response: Buffer | undefined };

const NOBODY: Identity = { apiVersion: '', kind: '', name: '', namespace: '' };

function reasonOf(error: unknown): string {
  if (error instanceof ComposeError) return error.reason;
  return error instanceof CatalogError ? 'InvalidCatalog' : 'InternalError';
}

/** A fault of ours says where to look; its details are for the log, not for a tenant's events. */
function answerTo(error: unknown, known: boolean): string {
  if (known && error instanceof Error) return error.message;
  return 'cannot compose: the function met a fault of its own, see its log for this composite';
}

function tooDeep(path: string): string {
  return (
    `cannot read the request: ${path} is nested deeper than the ${MAX_OBJECTS} objects within one another ` +
    '(or 48 lists) this function takes; flatten that field or keep it out of the object'
  );
}

function tooLarge(length: number): string {
  return (
    `cannot answer: the response is ${length} bytes and Crossplane takes ${MAX_RESPONSE_BYTES}; ` +
    'compose less in one composite, for example fewer or smaller values under valuesOverride'
  );
}
