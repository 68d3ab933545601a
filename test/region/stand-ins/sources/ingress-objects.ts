/**
 * What the chart of ingress-nginx brings that outlives its Pods: the Service and the class, under the values and names of
 * the real chart. Kept from it: both go with the release, or with the values that switch them off, unless the live object
 * carries Helm's annotation to keep it.
 */
export const ingressObjects = `{{- $controller := .Values.controller | default dict }}
{{- $service := $controller.service | default dict }}
{{- $class := $controller.ingressClassResource | default dict }}
{{- $nodePorts := $service.nodePorts | default dict }}
{{- if ne (toString $service.enabled) "false" }}
apiVersion: v1
kind: Service
metadata:
  name: {{ printf "%s-controller" (.Values.fullnameOverride | default "ingress-nginx") }}
  namespace: {{ .Release.Namespace }}
  annotations: {{ $service.annotations | default dict | toJson }}
spec:
  type: {{ $service.type | default "LoadBalancer" }}
  ipFamilyPolicy: SingleStack
  selector:
    app.kubernetes.io/name: ingress-nginx
    app.kubernetes.io/instance: {{ .Release.Name }}
    app.kubernetes.io/component: controller
  ports:
    - { name: http, port: 80, protocol: TCP, targetPort: http, appProtocol: http, nodePort: {{ $nodePorts.http | default "null" }} }
    - { name: https, port: 443, protocol: TCP, targetPort: https, appProtocol: https, nodePort: {{ $nodePorts.https | default "null" }} }
{{- end }}
{{- if ne (toString $class.enabled) "false" }}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: {{ $class.name | default "nginx" }}
  annotations: {{ $class.annotations | default dict | toJson }}
spec:
  controller: {{ $class.controllerValue | default "k8s.io/ingress-nginx" }}
{{- end }}
`;
