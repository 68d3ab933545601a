import { stringify } from 'yaml';
import { type Files, type PackedChart, packArchive } from '../../charts.ts';
import { moduleObjects } from '../../crds/source.ts';
import { at, list, obj } from '../../json.ts';
import type { KubeObject } from '../../kube.ts';
import type { ChartCrds, KnownChart } from './known-charts.ts';

/**
 * Packs the stand-in of an upstream chart. It installs one ConfigMap `<release>-values` that records chart,
 * version and values, so that tests see what the chart was given; further the CRDs other releases build upon, and
 * a DaemonSet where nodes depend on the chart.
 */
export async function recordedChart(chart: KnownChart, version: string): Promise<PackedChart> {
  const files: Files = {
    'Chart.yaml': stringify({
      apiVersion: 'v2',
      name: chart.name,
      version,
      description: `Stand-in for the chart ${chart.name} of ${chart.url}: records its values`,
    }),
    'templates/record.yaml': record,
    ...(chart.daemon && { 'templates/daemon.yaml': daemonSet(chart.daemon) }),
    ...(chart.crds && (await crdFiles(chart.crds))),
    ...chart.templates,
  };
  const inFolder = Object.entries(files).map(([path, content]) => [`${chart.name}/${path}`, content]);
  return { name: chart.name, version, archive: await packArchive(Object.fromEntries(inFolder)) };
}

/** Label of every record; its value is the chart's name. */
export const recordLabel = 'region.hikube.dev/chart';

/** Label of Pods that change the node they run on. */
export const daemonLabel = 'region.hikube.dev/daemon';

const record = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-values
  namespace: {{ .Release.Namespace }}
  labels:
    ${recordLabel}: {{ .Chart.Name }}
data:
  chart: {{ .Chart.Name }}
  version: {{ .Chart.Version | quote }}
  values: {{ .Values | toJson | quote }}
`;

function daemonSet({ does, tolerations, reads = [] }: NonNullable<KnownChart['daemon']>): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ .Release.Name }}-${does}
rules: ${JSON.stringify(reads)}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ .Release.Name }}-${does}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{ .Release.Name }}-${does} }
subjects: [{ kind: ServiceAccount, name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }]
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
spec:
  selector:
    matchLabels:
      ${daemonLabel}: ${does}
  template:
    metadata:
      labels:
        ${daemonLabel}: ${does}
    spec:
      serviceAccountName: {{ .Release.Name }}
      hostNetwork: true
      automountServiceAccountToken: ${reads.length > 0}
      tolerations: {{ ${tolerations} | toJson }}
      containers:
        - name: ${does}
          image: region/${does}:stand-in
`;
}

async function crdFiles(crds: ChartCrds): Promise<Files> {
  const files: Files = {
    // Read as files, not as templates: descriptions in CRDs may hold what Helm takes for a template.
    'templates/crds.yaml': `{{- if ${switchExpression(crds)} }}
{{- range $path, $_ := .Files.Glob "crd-files/*.json" }}
---
{{ $.Files.Get $path }}
{{- end }}
{{- end }}
`,
    'values.yaml': stringify(nested(crds.switch.path, crds.switch.default)),
  };
  for (const crd of await moduleObjects(crds.module, crds.folder, () => undefined)) {
    files[`crd-files/${crd.metadata.name}.json`] = JSON.stringify(withoutInitialStatus(crd));
  }
  for (const kind of crds.open ?? [])
    files[`crd-files/${kind.plural}.${kind.group}.json`] = JSON.stringify(openCrd(kind));
  return files;
}

/**
 * Some kinds are born with a status that says no controller has seen them yet. In tenants of the region none ever
 * will, and a release that waits for its objects would wait for ever.
 */
function withoutInitialStatus(crd: KubeObject): KubeObject {
  const copy = structuredClone(crd);
  for (const version of list(copy.spec?.versions)) {
    delete obj(at(version, 'schema', 'openAPIV3Schema', 'properties', 'status')).default;
  }
  return copy;
}

function switchExpression(crds: ChartCrds): string {
  return `.Values.${crds.switch.path.join('.')}`;
}

function nested(path: string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

function openCrd({ group, version, kind, plural }: NonNullable<ChartCrds['open']>[number]) {
  const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: schema },
          subresources: { status: {} },
        },
      ],
    },
  };
}
