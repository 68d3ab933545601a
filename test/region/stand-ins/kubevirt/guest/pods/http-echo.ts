import { createServer } from 'node:http';
import { at, list, num, str } from '../../../../json.ts';
import type { KubeObject } from '../../../../kube.ts';
import type { PodRuntime } from '../../../nodes/index.ts';
import { listening } from '../../../nodes/network/sockets.ts';

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
      const { port, stop } = await listening(server);
      expose(num(at(pod, 'spec', 'containers', 0, 'ports', 0, 'containerPort')) ?? 80, port);
      return { ready: async () => true, exited: new Promise(() => undefined), stop, kill: stop };
    },
  };
}

function imageOf(pod: KubeObject): string {
  return str(at(list(at(pod, 'spec', 'containers'))[0], 'image')) ?? '';
}
