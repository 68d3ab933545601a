import { isIP } from 'node:net';
import { Agent, ProxyAgent, request } from 'undici';
import { readKubeconfig } from './kubeconfig.ts';

/** Plain HTTP exchanges with one API server over one keep-alive connection pool. */
export interface Transport {
  server: string;
  raw(method: string, path: string, body?: unknown, contentType?: string): Promise<{ status: number; body: unknown }>;
  /** Opens a stream of lines; ends when the server or the signal ends it. */
  lines(path: string, signal: AbortSignal): Promise<{ status: number; lines: AsyncIterable<string> }>;
  close(): Promise<void>;
}

/** Opens the pool for the current context of a kubeconfig, through an HTTP proxy if one is given. */
export function openTransport(kubeconfig: string, proxyUrl?: string): Transport {
  const { server, ca, cert, key, token, tlsServerName } = readKubeconfig(kubeconfig);
  const tls = {
    ca,
    ...(cert && { cert }),
    ...(key && { key }),
    ...(tlsServerName && !isIP(tlsServerName) && { servername: tlsServerName }),
  };
  // A watch may be silent for long; plain requests are bounded by their own signal.
  const patient = { bodyTimeout: 0, headersTimeout: 0 };
  const dispatcher = proxyUrl
    ? new ProxyAgent({ uri: proxyUrl, requestTls: tls, ...patient })
    : new Agent({ connect: tls, ...patient });
  const headers = { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) };

  return {
    server,
    async raw(method, path, body, contentType = 'application/json') {
      const answer = await request(server + path, {
        dispatcher,
        method,
        headers: body === undefined ? headers : { ...headers, 'content-type': contentType },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(65_000),
      });
      const text = await answer.body.text();
      const isJson = String(answer.headers['content-type'] ?? '').includes('json');
      return { status: answer.statusCode, body: isJson ? JSON.parse(text) : text };
    },
    async lines(path, signal) {
      const answer = await request(server + path, { dispatcher, method: 'GET', headers, signal });
      return { status: answer.statusCode, lines: splitLines(answer.body) };
    },
    // Destroyed, not closed: open watches would hold a graceful close back for ever.
    close: () => dispatcher.destroy(),
  };
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split('\n');
    rest = parts.pop() ?? '';
    yield* parts.filter(part => part !== '');
  }
}
