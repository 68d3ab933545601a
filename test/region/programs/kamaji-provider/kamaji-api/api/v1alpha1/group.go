// Package v1alpha1 has the types of Kamaji's API that its Cluster API provider v0.20.0 writes and reads. That provider
// is built against a revision of Kamaji that no module proxy serves, so these are our own: the field names are those of
// the custom resource definitions, and there is no code but copying.
package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// GroupVersion of Kamaji's API.
var GroupVersion = schema.GroupVersion{Group: "kamaji.clastix.io", Version: "v1alpha1"}

// AddToScheme makes the kinds known to a client.
func AddToScheme(scheme *runtime.Scheme) error {
	scheme.AddKnownTypes(GroupVersion, &TenantControlPlane{}, &TenantControlPlaneList{})
	metav1.AddToGroupVersion(scheme, GroupVersion)
	return nil
}
