import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { at, str } from '../../json.ts';
import { listening } from '../nodes/network/sockets.ts';

/** `status.artifact` of a source. */
export interface Artifact {
  url: string;
  path: string;
  digest: string;
  revision: string;
  size: number;
  lastUpdateTime: string;
  [key: string]: unknown;
}

/** Keeps artifacts and serves them over HTTP, as the source controller does for its consumers. */
export interface Store {
  /** Files are found by their path, so putting the same path twice replaces it. */
  put(path: string, revision: string, content: Buffer): Artifact;
  holds(artifact: unknown): boolean;
  remove(path: string): void;
  stop(): Promise<void>;
}

/** Starts the HTTP server on a free port of 127.0.0.1. */
export async function startStore(): Promise<Store> {
  const contents = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const content = contents.get(decodeURI(request.url ?? '').slice(1));
    response.writeHead(content ? 200 : 404, { 'content-type': 'application/octet-stream' });
    response.end(content);
  });
  const { port, stop } = await listening(server);
  const root = `http://127.0.0.1:${port}`;

  return {
    put(path, revision, content) {
      contents.set(path, content);
      const digest = `sha256:${sha256(content)}`;
      const lastUpdateTime = new Date().toISOString().replace(/\.\d+/, '');
      return { url: `${root}/${path}`, path, digest, revision, size: content.length, lastUpdateTime };
    },
    holds(artifact) {
      const path = str(at(artifact, 'path'));
      return path !== undefined && at(artifact, 'url') === `${root}/${path}` && contents.has(path);
    },
    remove(path) {
      contents.delete(path);
    },
    stop,
  };
}

/** Hexadecimal digest, as OCI and Flux write it. */
export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
