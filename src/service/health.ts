import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js';

/** Health of all services together, as grpc.health.v1 tells it. */
export interface Health {
  handlers: {
    check: handleUnaryCall<HealthRequest, ServingStatus>;
    watch: handleServerStreamingCall<HealthRequest, ServingStatus>;
  };
  serving(): boolean;
  /** Tells everyone who asks or watches that no new calls should come; ends the watches, which would hold up a drain. */
  stopServing(): void;
}

/** Begins as serving: the server exists only once it can answer. */
export function createHealth(services: readonly string[]): Health {
  let current: ServingStatus = SERVING;
  const watchers = new Set<ServerWritableStream<HealthRequest, ServingStatus>>();
  return {
    handlers: {
      check: (call, callback) => {
        if (services.includes(call.request.service)) callback(null, current);
        else callback({ code: status.NOT_FOUND, details: `cannot find service ${call.request.service}` });
      },
      watch: call => {
        call.write(services.includes(call.request.service) ? current : SERVICE_UNKNOWN);
        if (current !== SERVING) {
          call.end();
          return;
        }
        watchers.add(call);
        call.on('cancelled', () => watchers.delete(call));
      },
    },
    serving: () => current === SERVING,
    stopServing() {
      current = NOT_SERVING;
      for (const watcher of watchers) {
        if (services.includes(watcher.request.service)) watcher.write(current);
        watcher.end();
      }
      watchers.clear();
    },
  };
}

/** An empty name asks about the server as a whole. (An object, since gRPC takes an empty string for no message.) */
export interface HealthRequest {
  service: string;
}

/** Values of grpc.health.v1.HealthCheckResponse.ServingStatus. */
export type ServingStatus = 1 | 2 | 3;
const SERVING = 1;
const NOT_SERVING = 2;
const SERVICE_UNKNOWN = 3;

/**
 * The service of grpc.health.v1, with a codec of its own: the package that has one reads its protocol definition
 * from a file at start, which one bundled file cannot carry, and which costs more memory than all of this function.
 */
const codec = {
  requestStream: false,
  requestSerialize: ({ service }: HealthRequest) => Buffer.from(new BinaryWriter().uint32(10).string(service).finish()),
  requestDeserialize: readRequest,
  responseSerialize: (value: ServingStatus) => Buffer.from(new BinaryWriter().uint32(8).int32(value).finish()),
  responseDeserialize: readStatus,
};

export const healthService: ServiceDefinition = {
  check: { ...codec, path: '/grpc.health.v1.Health/Check', responseStream: false },
  watch: { ...codec, path: '/grpc.health.v1.Health/Watch', responseStream: true },
};

function readRequest(bytes: Buffer): HealthRequest {
  const reader = new BinaryReader(bytes);
  let service = '';
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) service = reader.string();
    else reader.skip(wireType, field);
  }
  return { service };
}

function readStatus(bytes: Buffer): number {
  const reader = new BinaryReader(bytes);
  let value = 0;
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) value = reader.int32();
    else reader.skip(wireType, field);
  }
  return value;
}
