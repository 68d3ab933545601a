import type { JsonObject } from './json.ts';

/** Metadata the function reads or writes; Crossplane adds owner references and its own labels. */
export interface ObjectMeta extends JsonObject {
  name: string;
  namespace?: string;
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

/** A Kubernetes object as this project renders it: always named, never with a status. */
export interface KubeObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}
