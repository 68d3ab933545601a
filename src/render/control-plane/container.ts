import type { Json, JsonObject } from '../../base/json.ts';

/** A container of a component; every one says what it takes. */
export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env?: JsonObject[];
  ports?: JsonObject[];
  livenessProbe?: JsonObject;
  resources: { requests: { cpu: string; memory: string }; limits: { cpu: string; memory: string } };
  volumeMounts: JsonObject[];
}

/** The container with the rights of the `restricted` Pod Security Standard and a read-only file system. */
export function container({ resources, ...rest }: Container): JsonObject {
  const entries: [string, Json][] = Object.entries(rest);
  return {
    ...Object.fromEntries(entries),
    resources: { ...resources },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

/** Liveness by an HTTP path. */
export function httpLiveness(path: string, port: number | string): JsonObject {
  return {
    httpGet: { path, port },
    initialDelaySeconds: 10,
    periodSeconds: 20,
    timeoutSeconds: 5,
    failureThreshold: 5,
  };
}
