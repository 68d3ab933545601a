import {
  type handleUnaryCall,
  logVerbosity,
  Server,
  type ServerCredentials,
  type ServiceDefinition,
  setLogVerbosity,
  status,
} from '@grpc/grpc-js';
import { createHealth, healthService } from '../service/health.ts';
import type { RunFunction } from './function.ts';
import { MalformedRequest } from './protocol/codec.ts';

export interface GrpcServerOptions {
  run: RunFunction;
  credentials: ServerCredentials;
  /** An address without brackets; see `anyAddress` in options.ts. */
  host: string;
  /** 0 lets the system choose. */
  port: number;
  maxReceiveBytes: number;
}

export interface RunningGrpcServer {
  port: number;
  /** False as soon as draining began. */
  serving(): boolean;
  /**
   * Takes no new calls, lets those under way finish, and cuts what is left after the given time.
   *
   * @returns whether everything finished by itself
   */
  drain(seconds: number): Promise<boolean>;
}

/**
 * Serves RunFunction and the standard health service.
 *
 * @throws Error when the address cannot be bound
 */
export async function startGrpcServer({
  run,
  credentials,
  host,
  port,
  maxReceiveBytes,
}: GrpcServerOptions): Promise<RunningGrpcServer> {
  // What goes wrong is thrown or answered; gRPC's own lines on standard error would break a log of JSON.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    'grpc.max_receive_message_length': maxReceiveBytes,
    // Channelz keeps a record of every call and connection that nothing here reads.
    'grpc.enable_channelz': 0,
  });
  const health = createHealth(['', FUNCTION_SERVICE]);
  server.addService(functionService, { runFunction: answer(run) });
  server.addService(healthService, health.handlers);
  const bound = await bind(server, `${host.includes(':') ? `[${host}]` : host}:${port}`, credentials);
  return {
    port: bound,
    serving: () => health.serving(),
    drain: seconds =>
      new Promise(resolve => {
        health.stopServing();
        const deadline = setTimeout(() => {
          server.forceShutdown();
          resolve(false);
        }, seconds * 1000);
        server.tryShutdown(() => {
          clearTimeout(deadline);
          resolve(true);
        });
      }),
  };
}

export const FUNCTION_SERVICE = 'apiextensions.fn.proto.v1.FunctionRunnerService';

/**
 * The service over bytes: decoding happens in the handler, because an error thrown by a codec of gRPC reaches
 * Crossplane as INTERNAL without a reason.
 */
const functionService: ServiceDefinition = {
  runFunction: {
    path: `/${FUNCTION_SERVICE}/RunFunction`,
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};

function answer(run: RunFunction): handleUnaryCall<Buffer, Buffer> {
  return (call, callback) => {
    let response: Buffer;
    try {
      response = run(call.request);
    } catch (error) {
      if (!(error instanceof MalformedRequest)) throw error;
      callback({ code: status.INVALID_ARGUMENT, details: error.message });
      return;
    }
    callback(null, response);
  };
}

function bind(server: Server, address: string, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (cause, port) => {
      if (cause) reject(new Error(`cannot listen on ${address}: ${cause.message}`, { cause }));
      else resolve(port);
    });
  });
}
