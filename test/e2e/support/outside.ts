import { request as connectRequest } from 'node:http';
import { Agent, buildConnector, request } from 'undici';
import { inject } from 'vitest';

/** What a browser sees of an answer. */
export interface Answer {
  status: number;
  location: string | undefined;
  body: unknown;
}

/** Where a request goes, and what it trusts. */
export interface Asked {
  url: string;
  /** Authority whose certificates are trusted, PEM. */
  ca?: string;
  /** Instead of asking for the URL's name from outside: an address inside the platform, such as a node's. */
  at?: { address: string; port: number };
}

/** Asks for a URL as somebody outside does, through DNS and the shared ingress, or at a node without either. */
export async function ask({ url, ca, at }: Asked): Promise<Answer> {
  const { hostname, protocol, port } = new URL(url);
  const secure = protocol === 'https:';
  const { proxyUrl, outsideUrl } = inject('region');
  const target = at ?? { address: hostname, port: Number(port || (secure ? 443 : 80)) };
  const dispatcher = tunnel(at ? proxyUrl : outsideUrl, `${target.address}:${target.port}`, ca);
  try {
    const { statusCode, headers, body } = await request(url, { dispatcher, signal: AbortSignal.timeout(15_000) });
    const text = await body.text();
    const isJson = String(headers['content-type'] ?? '').includes('json');
    const location = typeof headers.location === 'string' ? headers.location : undefined;
    return { status: statusCode, location, body: isJson ? JSON.parse(text) : text };
  } finally {
    await dispatcher.destroy();
  }
}

/** Connections through a proxy to one target, whatever the URL says. */
function tunnel(proxyUrl: string, target: string, ca: string | undefined): Agent {
  const secure = buildConnector(ca === undefined ? {} : { ca });
  const { hostname, port } = new URL(proxyUrl);
  return new Agent({
    connect(options, callback) {
      const asked = connectRequest({ hostname, port, method: 'CONNECT', path: target, agent: false });
      asked.once('error', error => callback(error, null));
      asked.once('connect', ({ statusCode }, socket) => {
        if (statusCode !== 200) callback(new Error(`cannot connect to ${target}: the proxy says ${statusCode}`), null);
        else if (options.protocol === 'https:') secure({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      });
      asked.end();
    },
  });
}
