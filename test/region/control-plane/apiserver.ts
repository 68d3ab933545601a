import { mkdir, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { answers } from '../probe.ts';
import type { Running, Supervisor } from '../process.ts';
import type { ControlPlanePki } from './pki.ts';

/** One kube-apiserver. */
export interface ApiServerOptions {
  supervisor: Supervisor;
  binary: string;
  /** Name of the process. */
  name: string;
  /** For its serving certificate. */
  dir: string;
  port: number;
  /** Address it listens on (default 127.0.0.1). */
  bindAddress?: string;
  pki: ControlPlanePki;
  etcd: {
    endpoints: string[];
    caFile?: string;
    certFile?: string;
    keyFile?: string;
    /** Root of its keys (default /registry). */
    prefix?: string;
  };
  /** Minor it behaves as, such as `1.33`; its own by default. */
  emulatedVersion?: string;
  serviceCidr?: string;
  /** Names and addresses its certificate is good for beside localhost and the address it listens on. */
  certSANs?: string[];
  extraArgs?: string[];
}

/** Starts a kube-apiserver with RBAC; resolves when it is ready. */
export async function startApiServer(options: ApiServerOptions): Promise<Running & { server: string }> {
  const { supervisor, binary, name, port, pki, etcd, emulatedVersion, extraArgs = [] } = options;
  const { bindAddress = '127.0.0.1', serviceCidr = '10.96.0.0/16' } = options;
  const serving = await writeServingCertificate({ ...options, bindAddress });
  const server = `https://${bindAddress}:${port}`;
  const running = await supervisor.start({
    name,
    command: binary,
    args: [
      `--secure-port=${port}`,
      `--bind-address=${bindAddress}`,
      // No endpoints of the Service `kubernetes`: loopback addresses are refused there, and nothing dials them.
      `--advertise-address=${bindAddress}`,
      '--endpoint-reconciler-type=none',
      `--etcd-servers=${etcd.endpoints.join(',')}`,
      ...(etcd.caFile ? [`--etcd-cafile=${etcd.caFile}`] : []),
      ...(etcd.certFile ? [`--etcd-certfile=${etcd.certFile}`] : []),
      ...(etcd.keyFile ? [`--etcd-keyfile=${etcd.keyFile}`] : []),
      ...(etcd.prefix ? [`--etcd-prefix=${etcd.prefix}`] : []),
      `--tls-cert-file=${serving.certFile}`,
      `--tls-private-key-file=${serving.keyFile}`,
      `--client-ca-file=${pki.caFile}`,
      `--service-account-key-file=${pki.tokenPublicKeyFile}`,
      `--service-account-signing-key-file=${pki.tokenPrivateKeyFile}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-cluster-ip-range=${serviceCidr}`,
      '--authorization-mode=Node,RBAC',
      '--enable-bootstrap-token-auth=true',
      '--allow-privileged=true',
      '--profiling=false',
      // A stopping region does not wait for clients to say goodbye.
      '--shutdown-delay-duration=0s',
      ...(emulatedVersion ? [`--emulated-version=kube=${emulatedVersion}`] : []),
      ...extraArgs,
    ],
    // Collecting garbage half as often saves a tenth of its computing for some memory.
    env: { GOGC: '200' },
    ready: () => answers(`${server}/readyz`),
    readyTimeoutMs: 90_000,
  });
  return { ...running, server };
}

async function writeServingCertificate(options: ApiServerOptions & { bindAddress: string }) {
  const { dir, name, pki, bindAddress, certSANs = [] } = options;
  const names = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', bindAddress, '127.0.0.1'];
  const all = [...new Set([...names, ...certSANs])];
  const pair = await pki.authority.issue({
    commonName: 'kube-apiserver',
    dnsNames: all.filter(entry => !isAddress(entry)),
    ipAddresses: all.filter(isAddress),
    usages: ['server'],
  });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const certFile = join(dir, `${name}.crt`);
  const keyFile = join(dir, `${name}.key`);
  await Promise.all([writeFile(certFile, pair.cert, { mode: 0o600 }), writeFile(keyFile, pair.key, { mode: 0o600 })]);
  return { certFile, keyFile };
}

function isAddress(entry: string): boolean {
  return isIP(entry) !== 0;
}
