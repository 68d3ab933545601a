import { Client, credentials } from '@grpc/grpc-js';
import { FUNCTION_SERVICE } from '../../src/function/grpc-server.ts';
import { healthService } from '../../src/service/health.ts';

/** A client that sends bytes encoded beforehand, so that only the server's work and the transport are measured. */
export interface BytesClient {
  run(request: Buffer): Promise<Buffer>;
  /** Asks for the health of the server. */
  healthy(): Promise<void>;
  close(): void;
}

export function connectBytes(port: number): BytesClient {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const { check } = healthService;
  if (!check) throw new Error('cannot find the health check');
  return {
    run: request =>
      call(done => client.makeUnaryRequest(`/${FUNCTION_SERVICE}/RunFunction`, same, same, request, done)),
    async healthy() {
      await call(done =>
        client.makeUnaryRequest(check.path, check.requestSerialize, check.responseDeserialize, { service: '' }, done),
      );
    },
    close: () => client.close(),
  };
}

function same(bytes: Buffer): Buffer {
  return bytes;
}

function call<Reply>(start: (done: (error: Error | null, reply?: Reply) => void) => void): Promise<Reply> {
  return new Promise((resolve, reject) => {
    start((error, reply) => {
      if (error) reject(error);
      else if (reply === undefined) reject(new Error('cannot call: no reply'));
      else resolve(reply);
    });
  });
}
