import {
  FunctionRunnerServiceService,
  type RunFunctionRequest,
  type RunFunctionResponse,
} from '@crossplane-org/function-sdk-typescript';
import { Client, credentials } from '@grpc/grpc-js';
// The standard package, not our own codec of the same protocol: the tests are to show that others understand it.
import { service as health } from 'grpc-health-check';
import { z } from 'zod';
import type { CertificatePair } from '../../../test/region/pki.ts';

/** A client of the function, as Crossplane is one. */
export interface FunctionClient {
  run(request: RunFunctionRequest): Promise<RunFunctionResponse>;
  /** The health of a service, by the standard protocol. */
  health(service: string): Promise<string>;
  /** Every status a watch tells, until the server ends it. */
  watchHealth(service: string, onStatus: (status: string) => void): Promise<void>;
  close(): void;
}

/** Connects to a port of this machine; with `tls`, as `localhost` and with the given certificate, if any. */
export function connect(port: number, tls?: { ca: string; pair?: CertificatePair }): FunctionClient {
  const channel = tls
    ? credentials.createSsl(
        Buffer.from(tls.ca),
        tls.pair ? Buffer.from(tls.pair.key) : null,
        tls.pair ? Buffer.from(tls.pair.cert) : null,
      )
    : credentials.createInsecure();
  const options = { 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 };
  const client = new Client(`localhost:${port}`, channel, options);
  return {
    run: request => unary(client, FunctionRunnerServiceService.runFunction, request),
    health: async service => healthReply.parse(await unary(client, healthMethod('Check'), { service })).status,
    watchHealth: (service, onStatus) =>
      new Promise((resolve, reject) => {
        const watch = healthMethod('Watch');
        client
          .makeServerStreamRequest(watch.path, watch.requestSerialize, watch.responseDeserialize, { service })
          .on('data', reply => onStatus(healthReply.parse(reply).status))
          .on('end', resolve)
          .on('error', reject);
      }),
    close() {
      client.close();
    },
  };
}

const healthReply = z.object({ status: z.string() });

function healthMethod(name: string) {
  const method = health[name];
  if (!method) throw new Error(`cannot find ${name} in the health protocol`);
  return method;
}

interface Method<Request, Reply> {
  path: string;
  requestSerialize: (request: Request) => Buffer;
  responseDeserialize: (bytes: Buffer) => Reply;
}

function unary<Request, Reply>(client: Client, method: Method<Request, Reply>, request: Request): Promise<Reply> {
  const { path, requestSerialize, responseDeserialize } = method;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, reply) => {
      if (error) reject(error);
      else if (reply === undefined) reject(new Error('cannot call: the server sent no message'));
      else resolve(reply);
    });
  });
}
