import type { Files } from '../../charts.ts';

/**
 * What the chart of Traefik installs, as far as the region's Traefik obeys it: names, labels and ports of the real chart,
 * its rights, and the arguments it makes of its values. Flags that are newer than the program here are left out, and so
 * are its look for new versions and its own kinds.
 */
export const traefikTemplates: Files = {
  'templates/_names.tpl': `{{- define "name" -}}
{{ .Values.nameOverride | default "traefik" }}
{{- end }}
{{- define "fullname" -}}
{{ .Values.fullnameOverride | default (contains "traefik" .Release.Name | ternary .Release.Name (printf "%s-traefik" .Release.Name)) }}
{{- end }}
{{- define "selector" -}}
app.kubernetes.io/name: {{ include "name" . }}
app.kubernetes.io/instance: {{ .Values.instanceLabelOverride | default (printf "%s-%s" .Release.Name .Release.Namespace) }}
{{- end }}
`,
  'templates/rights.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "fullname" . }}
  namespace: {{ .Release.Namespace }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ include "fullname" . }}-{{ .Release.Namespace }}
rules:
  - apiGroups: [""]
    resources: [configmaps, nodes, services, secrets]
    verbs: [get, list, watch]
  - apiGroups: [discovery.k8s.io]
    resources: [endpointslices]
    verbs: [list, watch]
  - apiGroups: [networking.k8s.io]
    resources: [ingresses, ingressclasses]
    verbs: [get, list, watch]
  - apiGroups: [networking.k8s.io]
    resources: [ingresses/status]
    verbs: [update]
  - apiGroups: [""]
    resources: [namespaces]
    verbs: [list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ include "fullname" . }}-{{ .Release.Namespace }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ include "fullname" . }}-{{ .Release.Namespace }}
subjects:
  - kind: ServiceAccount
    name: {{ include "fullname" . }}
    namespace: {{ .Release.Namespace }}
`,
  'templates/deployment.yaml': `{{- $v := fromJson (toJson .Values) }}
{{- $ports := dict "traefik" 8080 "web" 8000 "websecure" 8443 "metrics" 9100 }}
{{- $nginx := dig "providers" "kubernetesIngressNGINX" dict $v }}
{{- $published := dig "publishService" "enabled" false $nginx }}
apiVersion: apps/v1
kind: {{ dig "deployment" "kind" "Deployment" $v }}
metadata:
  name: {{ include "fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels: {{- include "selector" . | nindent 4 }}
  annotations: {{ dig "deployment" "annotations" dict $v | toJson }}
spec:
  {{- if eq (dig "deployment" "kind" "Deployment" $v) "Deployment" }}
  replicas: {{ dig "deployment" "replicas" 1 $v }}
  strategy:
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  {{- end }}
  selector:
    matchLabels: {{- include "selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- merge (fromYaml (include "selector" .)) (dig "deployment" "podLabels" dict $v) | toYaml | nindent 8 }}
      annotations: {{ dig "deployment" "podAnnotations" dict $v | toJson }}
    spec:
      serviceAccountName: {{ include "fullname" . }}
      nodeSelector: {{ $v.nodeSelector | default dict | toJson }}
      tolerations: {{ $v.tolerations | default list | toJson }}
      affinity: {{ $v.affinity | default dict | toJson }}
      topologySpreadConstraints: {{ $v.topologySpreadConstraints | default list | toJson }}
      containers:
        - name: {{ include "fullname" . }}
          image: docker.io/traefik:{{ dig "image" "tag" "v3.7.11" $v }}
          resources: {{ $v.resources | default dict | toJson }}
          readinessProbe:
            httpGet: { path: /ping, port: {{ dig "ports" "traefik" "port" 8080 $v }} }
          ports:
            {{- range $name, $port := $ports }}
            - name: {{ $name }}
              containerPort: {{ dig "ports" $name "port" $port $v }}
            {{- end }}
          args:
            - --global.checknewversion=false
            - --global.sendanonymoususage=false
            {{- range $name, $port := $ports }}
            - --entryPoints.{{ $name }}.address=:{{ dig "ports" $name "port" $port $v }}/tcp
            {{- end }}
            {{- if dig "ports" "websecure" "http" "tls" "enabled" true $v }}
            - --entryPoints.websecure.http.tls=true
            {{- end }}
            {{- with dig "ports" "web" "http" "redirections" "entryPoint" "to" "" $v }}
            - --entryPoints.web.http.redirections.entryPoint.to={{ . }}
            {{- end }}
            - --api.dashboard=true
            - --ping=true
            {{- if kindIs "map" (dig "metrics" "prometheus" dict $v) }}
            - --metrics.prometheus=true
            - --metrics.prometheus.entrypoint=metrics
            {{- end }}
            {{- if dig "providers" "kubernetesIngress" "enabled" true $v }}
            - --providers.kubernetesingress
            {{- end }}
            {{- if dig "enabled" false $nginx }}
            - --providers.kubernetesingressnginx
            - --providers.kubernetesingressnginx.ingressClass={{ dig "ingressClass" "nginx" $nginx }}
            - --providers.kubernetesingressnginx.controllerClass={{ dig "controllerClass" "k8s.io/ingress-nginx" $nginx }}
            - --providers.kubernetesingressnginx.ingressClassByName={{ dig "ingressClassByName" false $nginx }}
            - --providers.kubernetesingressnginx.watchIngressWithoutClass={{ dig "watchIngressWithoutClass" false $nginx }}
            {{- if $published }}
            - --providers.kubernetesingressnginx.publishservice={{ dig "publishService" "pathOverride" "" $nginx | default (printf "%s/%s" .Release.Namespace (include "fullname" .)) }}
            {{- end }}
            {{- end }}
            - --log.level={{ dig "log" "level" "INFO" $v }}
            {{- if dig "accessLog" "enabled" false $v }}
            - --accesslog=true
            {{- end }}
            {{- range $v.additionalArguments }}
            - {{ . | quote }}
            {{- end }}
`,
  'templates/service.yaml': `{{- $v := fromJson (toJson .Values) }}
{{- if dig "service" "enabled" true $v }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "fullname" . }}
  namespace: {{ .Release.Namespace }}
spec:
  type: {{ dig "service" "spec" "type" "LoadBalancer" $v }}
  selector: {{- include "selector" . | nindent 4 }}
  ports:
    - { name: web, port: 80, targetPort: web }
    - { name: websecure, port: 443, targetPort: websecure }
{{- end }}
---
{{- if dig "ingressClass" "enabled" true $v }}
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: {{ dig "ingressClass" "name" "" $v | default (include "fullname" .) }}
  annotations:
    ingressclass.kubernetes.io/is-default-class: {{ dig "ingressClass" "isDefaultClass" true $v | quote }}
spec:
  controller: traefik.io/ingress-controller
{{- end }}
`,
};
