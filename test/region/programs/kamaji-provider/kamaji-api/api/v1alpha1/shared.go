package v1alpha1

import (
	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// AddonsSpec switches on what Kamaji installs in the tenant's cluster.
type AddonsSpec struct {
	CoreDNS      *AddonSpec        `json:"coreDNS,omitempty"`
	Konnectivity *KonnectivitySpec `json:"konnectivity,omitempty"`
	KubeProxy    *AddonSpec        `json:"kubeProxy,omitempty"`
}

// AddonSpec takes another image.
type AddonSpec struct {
	ImageRepository string `json:"imageRepository,omitempty"`
	ImageTag        string `json:"imageTag,omitempty"`
}

// KonnectivitySpec is the tunnel from the API servers to the nodes.
type KonnectivitySpec struct {
	Server KonnectivityServerSpec `json:"server,omitempty"`
	Agent  KonnectivityAgentSpec  `json:"agent,omitempty"`
}

// KonnectivityServerSpec is the end beside the API servers.
type KonnectivityServerSpec struct {
	Port      int32                        `json:"port"`
	Version   string                       `json:"version,omitempty"`
	Image     string                       `json:"image,omitempty"`
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
	ExtraArgs []string                     `json:"extraArgs,omitempty"`
}

// KonnectivityAgentSpec is the end on the nodes.
type KonnectivityAgentSpec struct {
	Image       string              `json:"image,omitempty"`
	Version     string              `json:"version,omitempty"`
	Tolerations []corev1.Toleration `json:"tolerations,omitempty"`
	ExtraArgs   []string            `json:"extraArgs,omitempty"`
	HostNetwork bool                `json:"hostNetwork,omitempty"`
	Mode        string              `json:"mode,omitempty"`
	Replicas    *int32              `json:"replicas,omitempty"`
}

// AdditionalPort is a further port of the Service.
type AdditionalPort struct {
	Name        string             `json:"name"`
	Port        int32              `json:"port"`
	TargetPort  intstr.IntOrString `json:"targetPort"`
	Protocol    corev1.Protocol    `json:"protocol,omitempty"`
	AppProtocol *string            `json:"appProtocol,omitempty"`
}

// JSONPatch is one change by RFC 6902.
type JSONPatch struct {
	Op    string                `json:"op"`
	Path  string                `json:"path"`
	From  string                `json:"from,omitempty"`
	Value *apiextensionsv1.JSON `json:"value,omitempty"`
}
