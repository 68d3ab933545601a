{{/* Labels every object of the chart carries. */}}
{{- define "hikube.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.Version | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: hikube
{{- end }}

{{/* Name of the CSI driver, fixed by the driver's code. */}}
{{- define "hikube.driver" -}}csi.kubevirt.io{{- end }}

{{/* Labels that tie the node DaemonSet to its Pods. */}}
{{- define "hikube.csiNodeSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/component: csi-node
{{- end }}
