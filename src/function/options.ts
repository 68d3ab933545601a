import { networkInterfaces } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';

/** What the command line and the environment say. */
export interface Options {
  debug: boolean;
  /** Undefined means no TLS, which must be asked for. */
  tlsCertsDir: string | undefined;
  host: string;
  port: number;
  metricsPort: number;
  maxReceiveBytes: number;
  drainSeconds: number;
}

/** Reads the flags; ends the process with a message when one is wrong, or when there would be no TLS unasked. */
export function readOptions(argv: readonly string[]): Options {
  const command = new Command('function-hikube')
    .description('Composition function for HikubeCluster and the kinds it is made of')
    .option('--insecure', 'serve without TLS, whatever else is set', false)
    .option('--debug', 'log every call', false)
    .option('--tls-certs-dir <dir>', 'folder with tls.crt, tls.key and ca.crt')
    .addOption(new Option('--tls-server-certs-dir <dir>', 'same as --tls-certs-dir').env('TLS_SERVER_CERTS_DIR'))
    .option('--address <address>', 'address to listen on', anyAddress())
    .option('--port <port>', 'port of RunFunction and gRPC health', portNumber, 9443)
    .option('--metrics-port <port>', 'port of /metrics and /healthz', portNumber, 8080)
    .option('--max-recv-message-size <MiB>', 'largest request taken', positive, 16)
    .option('--drain-seconds <seconds>', 'how long calls under way may take at shutdown', positive, 20)
    .parse(argv);
  const flags = command.opts<Flags>();
  const dir = flags.tlsCertsDir || flags.tlsServerCertsDir;
  if (!flags.insecure && !dir) {
    command.error(
      'error: cannot serve without certificates: set --tls-certs-dir or TLS_SERVER_CERTS_DIR, or --insecure for none',
    );
  }
  return {
    debug: flags.debug,
    tlsCertsDir: flags.insecure ? undefined : dir,
    host: flags.address,
    port: flags.port,
    metricsPort: flags.metricsPort,
    maxReceiveBytes: Math.floor(flags.maxRecvMessageSize * 1024 * 1024),
    drainSeconds: flags.drainSeconds,
  };
}

interface Flags {
  insecure: boolean;
  debug: boolean;
  tlsCertsDir?: string;
  tlsServerCertsDir?: string;
  address: string;
  port: number;
  metricsPort: number;
  maxRecvMessageSize: number;
  drainSeconds: number;
}

/** All addresses of both families; where the machine has no IPv6, the socket for both cannot be opened. */
function anyAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap(addresses => addresses ?? []);
  return addresses.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0';
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('not a port number.');
  return port;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('not a positive number.');
  return value;
}
