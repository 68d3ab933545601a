import { connect as connectTcp } from 'node:net';
import { Agent, request } from 'undici';

/** True when the address answers with HTTP 200. The certificate is not checked: only life is asked for. */
export async function answers(url: string): Promise<boolean> {
  const { statusCode, body } = await request(url, { dispatcher, signal: AbortSignal.timeout(5_000) });
  await body.dump();
  return statusCode === 200;
}

/** True when something listens on the port. */
export function listens(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connectTcp({ port, host });
    const done = (up: boolean) => {
      socket.destroy();
      resolve(up);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.setTimeout(2_000, () => done(false));
  });
}

const dispatcher = new Agent({ connect: { rejectUnauthorized: false }, keepAliveTimeout: 1_000 });
