import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';
import { at } from '../json.ts';
import type { Log } from '../log.ts';
import { createAuthority } from '../pki.ts';
import { listening } from './nodes/network/sockets.ts';

/** A refusal as admission webhooks give it. */
export interface Refusal {
  code: number;
  reason?: string;
  message: string;
}

/** A webhook that listens. */
export interface Webhook {
  url: string;
  /** For its registration, base64. */
  caBundle: string;
  stop(): Promise<void>;
}

/** Serves a validating webhook on a free port of 127.0.0.1; `judge` refuses by giving a reason. */
export async function startWebhook(
  name: string,
  log: Log,
  judge: (request: unknown) => Promise<Refusal | undefined>,
): Promise<Webhook> {
  const authority = await createAuthority(name);
  const serving = await authority.issue({ commonName: name, ipAddresses: ['127.0.0.1'], usages: ['server'] });
  const server = createServer(serving, (request, response) => {
    json(request)
      .then(async review => answer(review, await judge(at(review, 'request'))))
      .then(body => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)))
      .catch((error: unknown) => {
        log(`admission: ${String(error)}`);
        response.writeHead(500).end();
      });
  });
  const { port, stop } = await listening(server);
  return { url: `https://127.0.0.1:${port}`, caBundle: Buffer.from(authority.cert).toString('base64'), stop };
}

function answer(review: unknown, refusal: Refusal | undefined) {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: { uid: at(review, 'request', 'uid'), allowed: !refusal, ...(refusal && { status: refusal }) },
  };
}
