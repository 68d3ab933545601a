import {
  Ready,
  type Requirements,
  type Resource,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
  Status,
  Target,
  type Condition as WireCondition,
  type Result as WireResult,
} from '@crossplane-org/function-sdk-typescript';
import { clip } from '../base/clip.ts';
import { isObject } from '../base/json.ts';
import type { KubeObject } from '../base/object.ts';
import type { ComposeOutput, Condition, DesiredObject, Notice, Requirement } from '../compose/types.ts';
import { checkEncodable } from './protocol/encodable.ts';

/** What Crossplane's client receives at most; a larger answer would fail on its side without a reason. */
export const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

/**
 * The answer to a request: ours only. The codec adds what earlier steps desired, and their context, as received.
 *
 * @throws Error when the output holds what the protocol cannot carry, with its path: a fault of the composer
 */
export function respond(
  output: ComposeOutput,
  request: RunFunctionRequest,
  composite: KubeObject,
): RunFunctionResponse {
  const resources: Record<string, Resource> = {};
  for (const [name, desired] of output.desired) resources[name] = composed(name, desired);
  return {
    meta: { tag: request.meta?.tag ?? '', ttl: ttl(output.recheckAfterSeconds) },
    desired: { composite: desiredComposite(output, request.desired?.composite, composite), resources },
    results: output.notices.map(result),
    conditions: output.conditions.map(condition),
    requirements: requirements(output.requirements),
  };
}

/** The answer that stops the pipeline: Crossplane then applies and deletes nothing. */
export function refuse(tag: string, reason: string, message: string): RunFunctionResponse {
  return {
    meta: { tag },
    desired: undefined,
    results: [
      {
        severity: Severity.SEVERITY_FATAL,
        reason,
        message: clip(message, FATAL_LENGTH),
        target: Target.TARGET_COMPOSITE_AND_CLAIM,
      },
    ],
    conditions: [],
    requirements: undefined,
  };
}

/** A FATAL message becomes a condition and an event, which Kubernetes cuts at 1024. */
const FATAL_LENGTH = 1024;

/** Condition types Crossplane keeps to itself and ignores from functions. */
const RESERVED = new Set(['Ready', 'Synced', 'Healthy', 'UpToDate', 'Responsive']);

const STATUS = {
  True: Status.STATUS_CONDITION_TRUE,
  False: Status.STATUS_CONDITION_FALSE,
  Unknown: Status.STATUS_CONDITION_UNKNOWN,
} as const;

const SEVERITY = { warning: Severity.SEVERITY_WARNING, normal: Severity.SEVERITY_NORMAL } as const;

function composed(name: string, { object, ready }: DesiredObject): Resource {
  checkEncodable(object, `the composed resource ${name}`);
  return { resource: object, connectionDetails: {}, ready: readiness(ready) };
}

/** Our status keys over those of earlier steps; everything else they wrote stays. */
function desiredComposite(output: ComposeOutput, earlier: Resource | undefined, composite: KubeObject): Resource {
  checkEncodable(output.status, 'the status');
  const before: unknown = earlier?.resource?.status;
  const status = { ...(isObject(before) ? before : {}), ...output.status };
  return {
    resource: {
      apiVersion: composite.apiVersion,
      kind: composite.kind,
      ...earlier?.resource,
      ...(Object.keys(status).length > 0 && { status }),
    },
    connectionDetails: earlier?.connectionDetails ?? {},
    ready: output.ready === undefined ? (earlier?.ready ?? Ready.READY_UNSPECIFIED) : readiness(output.ready),
  };
}

function readiness(ready: boolean): Ready {
  return ready ? Ready.READY_TRUE : Ready.READY_FALSE;
}

/** Unset means that nothing happens until a watch reports a change. Less than a second would be unset on the wire. */
function ttl(seconds: number | undefined): { seconds: number; nanos: number } | undefined {
  if (seconds === undefined) return undefined;
  if (!Number.isFinite(seconds)) throw new RangeError(`cannot set a TTL of ${seconds} seconds`);
  return { seconds: Math.max(1, Math.ceil(seconds)), nanos: 0 };
}

function condition({ type, status, reason, message }: Condition): WireCondition {
  if (RESERVED.has(type)) throw new Error(`cannot set condition ${type}: it belongs to Crossplane`);
  return {
    type,
    status: STATUS[status],
    reason,
    ...(message !== undefined && { message }),
    target: Target.TARGET_COMPOSITE_AND_CLAIM,
  };
}

function result({ severity, reason, message }: Notice): WireResult {
  return { severity: SEVERITY[severity], reason, message, target: Target.TARGET_COMPOSITE_AND_CLAIM };
}

function requirements(wanted: ReadonlyMap<string, Requirement>): Requirements | undefined {
  if (wanted.size === 0) return undefined;
  const resources: Requirements['resources'] = {};
  for (const [key, { apiVersion, kind, name, matchLabels, namespace }] of wanted) {
    const match = matchLabels ? { matchLabels: { labels: matchLabels } } : { matchName: name };
    resources[key] = { apiVersion, kind, ...match, ...(namespace !== undefined && { namespace }) };
  }
  return { resources, extraResources: {}, schemas: {} };
}
