import { createServer } from 'node:http';
import { at, list, num, str } from '../../../../json.ts';
import type { KubeObject } from '../../../../kube.ts';
import type { PodRuntime } from '../../../nodes/index.ts';

/** A small web server, so that tests have something behind a Service: it answers with what it was asked. */
export function httpEcho(): PodRuntime {
  return {
    name: 'http-echo',
    runs: pod => imageOf(pod).startsWith('region/http-echo'),
    async start({ pod, expose }) {
      const server = createServer(({ url, headers }, response) => {
        const answer = { pod: pod.metadata.name, app: pod.metadata.labels?.app, url, host: headers.host, headers };
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('cannot start the web server: no port');
      expose(num(at(pod, 'spec', 'containers', 0, 'ports', 0, 'containerPort')) ?? 80, address.port);
      const stop = (): Promise<void> => {
        server.closeAllConnections();
        return new Promise(resolve => server.close(() => resolve()));
      };
      return { ready: async () => true, exited: new Promise(() => undefined), stop, kill: stop };
    },
  };
}

function imageOf(pod: KubeObject): string {
  return str(at(list(at(pod, 'spec', 'containers'))[0], 'image')) ?? '';
}
