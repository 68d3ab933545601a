import { parse, stringify } from 'yaml';
import { z } from 'zod';

/** What a client needs to reach an API server; certificates and keys are PEM. */
export interface KubeconfigParts {
  server: string;
  ca: string;
  cert?: string | undefined;
  key?: string | undefined;
  token?: string | undefined;
  tlsServerName?: string | undefined;
}

/** Writes a kubeconfig with one context; `names` are those of its cluster and user. */
export function writeKubeconfig(parts: KubeconfigParts, names = { cluster: 'region', user: 'region' }): string {
  const context = `${names.user}@${names.cluster}`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: names.cluster,
        cluster: {
          server: parts.server,
          'certificate-authority-data': encode(parts.ca),
          ...(parts.tlsServerName && { 'tls-server-name': parts.tlsServerName }),
        },
      },
    ],
    users: [
      {
        name: names.user,
        user: {
          ...(parts.cert && { 'client-certificate-data': encode(parts.cert) }),
          ...(parts.key && { 'client-key-data': encode(parts.key) }),
          ...(parts.token && { token: parts.token }),
        },
      },
    ],
    contexts: [{ name: context, context: names }],
    'current-context': context,
  });
}

/** Reads the current context of a kubeconfig that carries its certificates inline. */
export function readKubeconfig(text: string): KubeconfigParts {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw new Error(`cannot read the kubeconfig: ${z.prettifyError(parsed.error)}`);
  const config = parsed.data;
  const context = config.contexts.find(entry => entry.name === config['current-context'])?.context;
  const cluster = config.clusters.find(entry => entry.name === context?.cluster)?.cluster;
  const user = config.users.find(entry => entry.name === context?.user)?.user;
  if (!cluster || !user) throw new Error('cannot read the kubeconfig: its current context names no cluster and user');
  return {
    server: cluster.server.replace(/\/$/, ''),
    ca: decode(cluster['certificate-authority-data']) ?? '',
    cert: decode(user['client-certificate-data']),
    key: decode(user['client-key-data']),
    token: user.token,
    tlsServerName: cluster['tls-server-name'],
  };
}

const schema = z.object({
  'current-context': z.string(),
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({
        server: z.string(),
        'certificate-authority-data': z.string().optional(),
        'tls-server-name': z.string().optional(),
      }),
    }),
  ),
  users: z.array(
    z.object({
      name: z.string(),
      user: z.object({
        'client-certificate-data': z.string().optional(),
        'client-key-data': z.string().optional(),
        token: z.string().optional(),
      }),
    }),
  ),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
});

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function decode(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString();
}
