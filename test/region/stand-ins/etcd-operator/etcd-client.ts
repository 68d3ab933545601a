import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import type { PodNetwork } from '../nodes/network/pod-network.ts';

/** What the operators ask of an etcd, over gRPC and mutual TLS verified against the in-cluster name they dial. */
export interface EtcdClient {
  members(): Promise<{ clusterId: string; names: string[] }>;
  /** True when clients need to be known users. */
  authEnabled(): Promise<boolean>;
  userExists(user: string): Promise<boolean>;
  roleExists(role: string): Promise<boolean>;
  /** Adds a user without password, known by the common name of its certificate. */
  addUser(user: string): Promise<void>;
  /** Adds a role that may read and write everything from the key on. */
  addRole(role: string, fromKey: string): Promise<void>;
  grantRole(user: string, role: string): Promise<void>;
  deleteUser(user: string): Promise<void>;
  deleteRole(role: string): Promise<void>;
  /** Number of keys under the prefix. */
  countPrefix(prefix: string): Promise<number>;
  /** Deletes all keys under the prefix; the number of them. */
  deletePrefix(prefix: string): Promise<number>;
  close(): Promise<void>;
}

/** Where and as whom to connect; certificates are PEM. */
export interface EtcdConnection {
  network: PodNetwork;
  /** `host:port` with in-cluster names; the first that answers is used. */
  endpoints: string[];
  tls: { ca: string; cert?: string | undefined; key?: string | undefined };
}

/** Connects to the first endpoint that answers. */
export async function openEtcd({ network, endpoints, tls }: EtcdConnection): Promise<EtcdClient> {
  const causes: string[] = [];
  for (const endpoint of endpoints) {
    const client = await openEndpoint(network, endpoint, tls);
    try {
      await client.authEnabled();
      return client;
    } catch (error) {
      causes.push(`${endpoint}: ${connectionProblem(error)}`);
      await client.close();
    }
  }
  throw new Error(`cannot reach etcd: ${causes.join('; ') || 'no endpoint'}`);
}

async function openEndpoint(network: PodNetwork, endpoint: string, tls: EtcdConnection['tls']): Promise<EtcdClient> {
  const { hostname, port } = new URL(`tcp://${endpoint.replace(/^https?:\/\//, '')}`);
  const forward = await network.forward(hostname, Number(port));
  const channel = new Client(
    `127.0.0.1:${forward.port}`,
    credentials.createSsl(pem(tls.ca), tls.key ? pem(tls.key) : null, tls.cert ? pem(tls.cert) : null),
    // The certificate must be good for the name a real client dials, not for the way there.
    { 'grpc.ssl_target_name_override': hostname, 'grpc.default_authority': hostname, 'grpc.enable_http_proxy': 0 },
  );
  const call = (method: string, request: BinaryWriter): Promise<Fields> =>
    new Promise((resolve, reject) => {
      channel.makeUnaryRequest(
        `/etcdserverpb.${method}`,
        (body: Uint8Array) => Buffer.from(body),
        decode,
        request.finish(),
        { deadline: Date.now() + DEADLINE_MS },
        (error, fields) => (error ? reject(error) : resolve(fields ?? new Map())),
      );
    });
  const exists = async (method: string, name: string): Promise<boolean> => {
    try {
      await call(method, text(1, name));
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  };
  const range = (prefix: string) =>
    new BinaryWriter().uint32(tag(1)).string(prefix).uint32(tag(2)).string(endOf(prefix));

  return {
    async members() {
      const answer = await call('Cluster/MemberList', new BinaryWriter());
      const header = decode(bytes(answer, 1)[0] ?? new Uint8Array());
      const names = bytes(answer, 2).flatMap(member =>
        bytes(decode(member), 2).map(name => Buffer.from(name).toString()),
      );
      return { clusterId: number(header, 1).toString(16), names };
    },
    authEnabled: async () => number(await call('Auth/AuthStatus', new BinaryWriter()), 2) === 1n,
    userExists: user => exists('Auth/UserGet', user),
    roleExists: role => exists('Auth/RoleGet', role),
    async addUser(user) {
      const options = new BinaryWriter().uint32(tag(1, WireType.Varint)).bool(true).finish();
      await call('Auth/UserAdd', text(1, user).uint32(tag(3)).bytes(options));
    },
    async addRole(role, fromKey) {
      await call('Auth/RoleAdd', text(1, role));
      const permission = new BinaryWriter().uint32(tag(1, WireType.Varint)).int32(READWRITE);
      permission.uint32(tag(2)).string(fromKey).uint32(tag(3)).string(endOf(fromKey));
      await call('Auth/RoleGrantPermission', text(1, role).uint32(tag(2)).bytes(permission.finish()));
    },
    grantRole: async (user, role) => void (await call('Auth/UserGrantRole', text(1, user).uint32(tag(2)).string(role))),
    deleteUser: async user => void (await call('Auth/UserDelete', text(1, user))),
    deleteRole: async role => void (await call('Auth/RoleDelete', text(1, role))),
    async countPrefix(prefix) {
      return Number(number(await call('KV/Range', range(prefix).uint32(tag(9, WireType.Varint)).bool(true)), 4));
    },
    deletePrefix: async prefix => Number(number(await call('KV/DeleteRange', range(prefix)), 2)),
    async close() {
      channel.close();
      await forward.stop();
    },
  };
}

/** What went wrong without times, ports and places in OpenSSL's sources, so that the same cause reads the same. */
export function connectionProblem(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const tls = /SSL routines:[^:]*:([^:]+):/.exec(text)?.[1];
  if (tls) return tls;
  const last = /Last error: (.*?)\s*(?:\(\d{4}-|$)/s.exec(text)?.[1];
  return (last ?? text.replace(/^\d+ /, '').replace(/ after [\d.]+s,.*$/s, ''))
    .replace(/127\.0\.0\.1:\d+/g, 'the port')
    .trim();
}

const DEADLINE_MS = 5_000;
const READWRITE = 2;

/** Fields of a protobuf message by number. */
type Fields = Map<number, (Uint8Array | bigint)[]>;

function decode(body: Uint8Array): Fields {
  const fields: Fields = new Map();
  const reader = new BinaryReader(body);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    if (type === WireType.LengthDelimited) values.push(reader.bytes());
    else if (type === WireType.Varint) values.push(BigInt(reader.uint64()));
    else reader.skip(type, field);
  }
  return fields;
}

function bytes(fields: Fields, field: number): Uint8Array[] {
  return (fields.get(field) ?? []).filter(value => value instanceof Uint8Array);
}

function number(fields: Fields, field: number): bigint {
  const value = fields.get(field)?.at(-1);
  return typeof value === 'bigint' ? value : 0n;
}

function text(field: number, value: string): BinaryWriter {
  return new BinaryWriter().uint32(tag(field)).string(value);
}

function tag(field: number, type: WireType = WireType.LengthDelimited): number {
  return (field << 3) | type;
}

/** The first key after all keys with the prefix. */
function endOf(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

function pem(value: string): Buffer {
  return Buffer.from(value);
}

function isNotFound(error: unknown): boolean {
  // etcd answers FailedPrecondition, with the cause in the text, for users and roles it does not know.
  return error instanceof Error && 'details' in error && /name not found/.test(String((error as ServiceError).details));
}
