package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// KubeconfigSecretKeyAnnotation chooses a key of the admin kubeconfig's Secret.
const KubeconfigSecretKeyAnnotation = "kamaji.clastix.io/kubeconfig-secret-key"

// TenantControlPlane is the control plane of one tenant's cluster.
type TenantControlPlane struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec   TenantControlPlaneSpec   `json:"spec,omitempty"`
	Status TenantControlPlaneStatus `json:"status,omitempty"`
}

// TenantControlPlaneList is what listing them answers.
type TenantControlPlaneList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`

	Items []TenantControlPlane `json:"items"`
}

// TenantControlPlaneSpec is what is asked for.
type TenantControlPlaneSpec struct {
	DataStore          string              `json:"dataStore,omitempty"`
	DataStoreSchema    string              `json:"dataStoreSchema,omitempty"`
	DataStoreUsername  string              `json:"dataStoreUsername,omitempty"`
	DataStoreOverrides []DataStoreOverride `json:"dataStoreOverrides,omitempty"`
	ControlPlane       ControlPlane        `json:"controlPlane"`
	Kubernetes         KubernetesSpec      `json:"kubernetes"`
	NetworkProfile     NetworkProfileSpec  `json:"networkProfile,omitempty"`
	Addons             AddonsSpec          `json:"addons,omitempty"`
}

// DataStoreOverride stores one resource in another DataStore.
type DataStoreOverride struct {
	Resource  string `json:"resource,omitempty"`
	DataStore string `json:"dataStore,omitempty"`
}

// KubernetesSpec says what the API servers and kubelets are told.
type KubernetesSpec struct {
	Version              string               `json:"version"`
	Kubelet              KubeletSpec          `json:"kubelet"`
	AdmissionControllers AdmissionControllers `json:"admissionControllers,omitempty"`
}

// AdmissionControllers are the plug-ins switched on.
type AdmissionControllers []string

// KubeletSpec says how kubelets are configured and reached.
type KubeletSpec struct {
	PreferredAddressTypes    []string    `json:"preferredAddressTypes,omitempty"`
	CGroupFS                 string      `json:"cgroupfs,omitempty"`
	ConfigurationJSONPatches []JSONPatch `json:"configurationJSONPatches,omitempty"`
}

// NetworkProfileSpec says under which addresses the cluster is reached and which it uses inside.
type NetworkProfileSpec struct {
	Address                  string   `json:"address,omitempty"`
	AdvertiseAddress         string   `json:"advertiseAddress,omitempty"`
	AllowAddressAsExternalIP bool     `json:"allowAddressAsExternalIP,omitempty"`
	Port                     int32    `json:"port,omitempty"`
	CertSANs                 []string `json:"certSANs,omitempty"`
	ServiceCIDR              string   `json:"serviceCidr,omitempty"`
	PodCIDR                  string   `json:"podCidr,omitempty"`
	ClusterDomain            string   `json:"clusterDomain,omitempty"`
	DNSServiceIPs            []string `json:"dnsServiceIPs,omitempty"`
	LoadBalancerSourceRanges []string `json:"loadBalancerSourceRanges,omitempty"`
	LoadBalancerClass        *string  `json:"loadBalancerClass,omitempty"`
}

// TenantControlPlaneStatus is what the provider reads of the status.
type TenantControlPlaneStatus struct {
	ControlPlaneEndpoint string                    `json:"controlPlaneEndpoint,omitempty"`
	Certificates         CertificatesStatus        `json:"certificates,omitempty"`
	KubeConfig           KubeconfigsStatus         `json:"kubeconfig,omitempty"`
	Kubernetes           KubernetesResourcesStatus `json:"kubernetesResources,omitempty"`
}

// CertificatesStatus names the Secrets of certificates.
type CertificatesStatus struct {
	CA SecretStatus `json:"ca,omitempty"`
}

// KubeconfigsStatus names the Secrets of kubeconfigs.
type KubeconfigsStatus struct {
	Admin SecretStatus `json:"admin,omitempty"`
}

// SecretStatus names a Secret.
type SecretStatus struct {
	SecretName string `json:"secretName,omitempty"`
}

// KubernetesResourcesStatus tells of what runs.
type KubernetesResourcesStatus struct {
	Version    VersionStatus    `json:"version,omitempty"`
	Deployment DeploymentStatus `json:"deployment,omitempty"`
}

// KubernetesVersionStatus is the state of a control plane.
type KubernetesVersionStatus string

const (
	// VersionReady is a control plane that serves the version asked for.
	VersionReady KubernetesVersionStatus = "Ready"
	// VersionUpgrading is one that changes its version.
	VersionUpgrading KubernetesVersionStatus = "Upgrading"
)

// VersionStatus is the version that is served, and the state.
type VersionStatus struct {
	Version string                   `json:"version,omitempty"`
	Status  *KubernetesVersionStatus `json:"status,omitempty"`
}

// DeploymentStatus counts replicas.
type DeploymentStatus struct {
	Selector          string `json:"selector"`
	Replicas          int32  `json:"replicas,omitempty"`
	UpdatedReplicas   int32  `json:"updatedReplicas,omitempty"`
	ReadyReplicas     int32  `json:"readyReplicas,omitempty"`
	AvailableReplicas int32  `json:"availableReplicas,omitempty"`
}
