import { ServerCredentials } from '@grpc/grpc-js';
import { mutualTls } from '../service/tls.ts';
import { createFunction, type FunctionParts } from './function.ts';
import { type Logger, logCall } from './log.ts';
import { createMetrics, serveMetrics } from './metrics.ts';
import type { Options } from './options.ts';
import { startServer } from './server.ts';

/** A function that serves. */
export interface Serving {
  port: number;
  metricsPort: number;
  /** Drains and closes everything; true when no call had to be cut. */
  stop(): Promise<boolean>;
}

/**
 * Starts the function with all its surroundings: gRPC with health, metrics, a log line per call.
 *
 * @throws Error when certificates cannot be used or an address cannot be bound
 */
export async function serve(parts: Omit<FunctionParts, 'onCall'>, options: Options, log: Logger): Promise<Serving> {
  const { host, port, maxReceiveBytes, tlsCertsDir, drainSeconds } = options;
  const metrics = createMetrics(Object.keys(parts.composers));
  const run = createFunction({
    ...parts,
    onCall(call) {
      metrics.record(call);
      logCall(log, call);
    },
  });
  const credentials = tlsCertsDir ? await mutualTls(tlsCertsDir) : ServerCredentials.createInsecure();
  const server = await startServer({ run, credentials, host, port, maxReceiveBytes });
  const exporter = await serveMetrics({ host, port: options.metricsPort }, metrics, server.serving).catch(
    async error => {
      await server.drain(0);
      throw error;
    },
  );
  return {
    port: server.port,
    metricsPort: exporter.port,
    async stop() {
      const finished = await server.drain(drainSeconds);
      exporter.close();
      return finished;
    },
  };
}
