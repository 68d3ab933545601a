import { join } from 'node:path';
import type { Kube } from '../kube.ts';
import type { Authority } from '../pki.ts';
import { freePorts } from '../ports.ts';
import { listens } from '../probe.ts';
import type { Running, Supervisor } from '../process.ts';
import { writeTlsFolder } from '../tls.ts';

/** A composition function to run beside Crossplane. */
export interface FunctionProgram {
  /** The functionRef name in Compositions. */
  name: string;
  command: string;
  args: string[];
}

/** A function process, and how its place can be taken by another build of it. */
export interface RunningFunction {
  process: Running;
  port: number;
  /** Port of its metrics. */
  metricsPort: number;
}

/**
 * Starts a function with the environment Crossplane gives it, on free ports, and makes it callable: a paused
 * FunctionRevision whose endpoint is written by us, as no kubelet runs packages here.
 */
export async function startFunction(options: {
  program: FunctionProgram;
  kube: Kube;
  supervisor: Supervisor;
  authority: Authority;
  dir: string;
}): Promise<RunningFunction> {
  const { program, kube, supervisor, authority, dir } = options;
  const { name } = program;
  const [port = 0, metricsPort = 0] = await freePorts(2);
  const certs = await writeTlsFolder(join(dir, `${name}-tls`), authority, {
    commonName: name,
    dnsNames: ['localhost'],
    usages: ['server'],
  });
  const revision = `${name}-region`;
  const process = await supervisor.start({
    name,
    command: program.command,
    args: [...program.args, `--address=127.0.0.1`, `--port=${port}`, `--metrics-port=${metricsPort}`],
    env: { TLS_SERVER_CERTS_DIR: certs, FUNCTION_NAME: name, REVISION_NAME: revision },
    ready: () => listens(port),
  });
  await kube.apply({
    apiVersion: 'pkg.crossplane.io/v1',
    kind: 'FunctionRevision',
    metadata: {
      name: revision,
      labels: { 'pkg.crossplane.io/package': name },
      annotations: { 'crossplane.io/paused': 'true' },
    },
    spec: { desiredState: 'Active', image: 'local/none', revision: 1 },
  });
  const status = { endpoint: `dns:///localhost:${port}`, capabilities: ['composition'] };
  await kube.mergePatch('pkg.crossplane.io/v1/FunctionRevision', revision, undefined, { status }, 'status');
  return { process, port, metricsPort };
}
