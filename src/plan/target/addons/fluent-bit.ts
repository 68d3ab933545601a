import { isObject, numberAt, stringAt } from '../../../base/json.ts';
import type { AddonContext, Values } from './types.ts';

/** Where the chart's probes and scrapers ask. */
const METRICS_PORT = 2020;

/** Filters and outputs that bring container logs to the tenant's own log store (H29); inputs are the chart's. */
export function fluentBitConfig({ cluster, catalog }: AddonContext): Values {
  const host = catalog.monitoring.logsHost.replaceAll('{namespace}', cluster.namespace);
  return {
    filters: section('FILTER', {
      Name: 'kubernetes',
      Match: 'kube.*',
      // By address: with the platform's DNS, the usual name would be the platform's API.
      Kube_URL: `https://${variable('KUBERNETES_SERVICE_HOST')}:${variable('KUBERNETES_SERVICE_PORT')}`,
      Merge_Log: 'On',
      Keep_Log: 'Off',
      'K8S-Logging.Parser': 'On',
      'K8S-Logging.Exclude': 'On',
    }).concat(
      section('FILTER', {
        Name: 'modify',
        Match: '*',
        Add: `cluster ${cluster.name}`,
      }),
    ),
    outputs: section('OUTPUT', {
      Name: 'http',
      Match: '*',
      Host: host,
      Port: String(catalog.monitoring.logsPort),
      URI: '/insert/jsonline?_stream_fields=cluster,stream,kubernetes.namespace_name,kubernetes.pod_name,kubernetes.container_name&_msg_field=log,msg,message&_time_field=date',
      Format: 'json_lines',
      Json_date_format: 'iso8601',
      Compress: 'gzip',
      Retry_Limit: 'no_limits',
    }),
  };
}

/**
 * A tenant's values with the lines that answer the chart's probes put back: an override of `service` that forgets them
 * would have every Pod restarted for ever.
 */
export function withServer(given: Values): Values {
  const service = stringAt(given, 'config', 'service');
  if (service === undefined || !isObject(given.config)) return given;
  const server = {
    HTTP_Server: 'On',
    HTTP_Listen: '0.0.0.0',
    HTTP_Port: String(numberAt(given, 'metricsPort') ?? METRICS_PORT),
    Health_Check: 'On',
  };
  const on = service.replace(/^(\s*HTTP_Server\s+)\S+/im, '$1On');
  const missing = Object.entries(server).filter(([key]) => !new RegExp(`^\\s*${key}\\s`, 'im').test(on));
  const lines = missing.map(([key, value]) => `    ${key} ${value}\n`).join('');
  const header = /^\s*\[SERVICE\][^\n]*\n?/im.exec(on);
  const withLines = header
    ? insert(on, header.index + header[0].length, `${header[0].endsWith('\n') ? '' : '\n'}${lines}`)
    : `[SERVICE]\n${lines}${on}`;
  return { ...given, config: { ...given.config, service: withLines } };
}

function insert(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

function section(name: string, settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([key, value]) => `    ${key} ${value}`);
  return [`[${name}]`, ...lines, ''].join('\n');
}

function variable(name: string): string {
  return `\${${name}}`;
}
