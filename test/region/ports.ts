import { createServer } from 'node:net';

/**
 * Asks the kernel for free TCP ports on 127.0.0.1. All are held at once before any is given back, so the
 * answer has no duplicates, and a port handed out is not handed out again by this process.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count * 2 }, hold));
  const fresh = held.filter(({ port }) => !given.has(port)).slice(0, count);
  for (const { port } of fresh) given.add(port);
  await Promise.all(held.map(({ release }) => release()));
  if (fresh.length < count) return freePorts(count);
  return fresh.map(({ port }) => port);
}

/** One free port; see freePorts. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('cannot find a free port: the kernel offered none');
  return port;
}

const given = new Set<number>();

function hold(): Promise<{ port: number; release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new Error('cannot find a free port: the listener has no address'));
        return;
      }
      resolve({ port: address.port, release: () => new Promise(done => server.close(() => done())) });
    });
  });
}
