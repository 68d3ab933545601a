import type { AddonContext, Values } from './types.ts';

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

function section(name: string, settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([key, value]) => `    ${key} ${value}`);
  return [`[${name}]`, ...lines, ''].join('\n');
}

function variable(name: string): string {
  return `\${${name}}`;
}
