import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something listens on a port of this machine, asking every few milliseconds. */
export async function reachable(port: number): Promise<void> {
  while (!(await accepts(port))) await delay(4);
}

function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
