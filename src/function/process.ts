import { ServerCredentials } from '@grpc/grpc-js';
import { Registry } from 'prom-client';
import { createLog, type Logger } from '../service/log.ts';
import { releaseStartupMemory } from '../service/memory.ts';
import { serveMetrics } from '../service/metrics.ts';
import { registerProcessMetrics } from '../service/process-metrics.ts';
import { drainOnSignal } from '../service/signals.ts';
import { mutualTls } from '../service/tls.ts';
import { logCall } from './call-log.ts';
import { registerCallMetrics } from './call-metrics.ts';
import { createFunction, type FunctionParts } from './function.ts';
import { startGrpcServer } from './grpc-server.ts';
import { type Options, readOptions } from './options.ts';

/**
 * Runs the function as a process: reads flags, serves, drains at SIGTERM or SIGINT. Ends with a code other than 0 when
 * it cannot start.
 */
export async function runProcess(parts: Omit<FunctionParts, 'onCall'>, argv: readonly string[]): Promise<void> {
  const options = readOptions(argv);
  const log = createLog('function-hikube', options.debug);
  try {
    const { port, metricsPort, drain } = await serve(parts, options, log);
    log.info({ host: options.host, port, metricsPort, tls: options.tlsCertsDir !== undefined }, 'serving');
    drainOnSignal(drain, log);
    releaseStartupMemory();
  } catch (error) {
    log.fatal({ err: error }, 'cannot start');
    process.exit(1);
  }
}

/** A function that serves. */
interface Serving {
  port: number;
  metricsPort: number;
  /** Drains and closes everything; true when no call had to be cut. */
  drain(): Promise<boolean>;
}

/** The function with all its surroundings: gRPC with health, metrics, a log line per call. */
async function serve(parts: Omit<FunctionParts, 'onCall'>, options: Options, log: Logger): Promise<Serving> {
  const { host, port, maxReceiveBytes, tlsCertsDir, drainSeconds } = options;
  const registry = new Registry();
  registerProcessMetrics(registry);
  const record = registerCallMetrics(registry, Object.keys(parts.composers));
  const run = createFunction({
    ...parts,
    onCall(call) {
      record(call);
      logCall(log, call);
    },
  });
  const credentials = tlsCertsDir ? await mutualTls(tlsCertsDir) : ServerCredentials.createInsecure();
  const server = await startGrpcServer({ run, credentials, host, port, maxReceiveBytes });
  const exporter = await serveMetrics({ host, port: options.metricsPort }, registry, server.serving).catch(
    async error => {
      await server.drain(0);
      throw error;
    },
  );
  return {
    port: server.port,
    metricsPort: exporter.port,
    async drain() {
      const finished = await server.drain(drainSeconds);
      exporter.close();
      return finished;
    },
  };
}
