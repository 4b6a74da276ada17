{{- define "naru.name" -}}
{{- printf "%s-naru" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "naru.labels" -}}
app.kubernetes.io/name: naru
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "naru.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{/* Of the pod: nobody's rights, whatever the image says. */}}
{{- define "naru.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "naru.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Whether brokers ask for a user. */}}
{{- define "naru.sasl" -}}
{{- if hasPrefix "SASL" .Values.kafka.protocol }}true{{ end -}}
{{- end -}}

{{/* Call with dict "root" $ "secret" <name of the secret with the Kafka user>. */}}
{{- define "naru.kafkaEnv" -}}
{{- $kafka := .root.Values.kafka -}}
- { name: KAFKA_BROKERS, value: {{ $kafka.brokers | quote }} }
- { name: KAFKA_SECURITY_PROTOCOL, value: {{ $kafka.protocol }} }
- { name: NARU_NAMESPACE, value: {{ .root.Values.namespace | quote }} }
{{- if include "naru.sasl" .root }}
- { name: KAFKA_SASL_MECHANISM, value: {{ $kafka.mechanism }} }
- name: KAFKA_SASL_USERNAME
  valueFrom: { secretKeyRef: { name: {{ .secret }}, key: username } }
- { name: KAFKA_SASL_PASSWORD_FILE, value: /etc/naru/kafka/password }
{{- end }}
{{- if $kafka.hasAuthority }}
- { name: KAFKA_CA, value: /etc/naru/kafka/ca.crt }
{{- end }}
{{- end -}}

{{- define "naru.needsKafkaSecret" -}}
{{- if or (include "naru.sasl" .) .Values.kafka.hasAuthority }}true{{ end -}}
{{- end -}}
