{{/*
Labels every object of the chart carries. Flux adds the digest of the archive to the version (0.1.0+0514ca),
and a label may not hold a plus.
*/}}
{{- define "hikube.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.Version | replace "+" "_" | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: hikube
{{- end }}

{{/* Name of the CSI driver, fixed by the driver's code. */}}
{{- define "hikube.driver" -}}csi.kubevirt.io{{- end }}

{{/* Labels that tie the node DaemonSet to its Pods. */}}
{{- define "hikube.csiNodeSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name | quote }}
app.kubernetes.io/component: csi-node
{{- end }}
