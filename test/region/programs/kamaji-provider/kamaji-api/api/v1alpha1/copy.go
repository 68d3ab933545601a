package v1alpha1

import (
	"encoding/json"

	"k8s.io/apimachinery/pkg/runtime"
)

// copyInto makes a copy that shares nothing with its origin, by way of JSON: all of these types are what JSON can say.
func copyInto[T any](in, out *T) {
	text, err := json.Marshal(in)
	if err == nil {
		var fresh T
		if err = json.Unmarshal(text, &fresh); err == nil {
			*out = fresh
		}
	}
	if err != nil {
		panic(err)
	}
}

// The provider's own types hold these, and their copying calls what follows.

func (in *AdditionalMetadata) DeepCopyInto(out *AdditionalMetadata) { copyInto(in, out) }
func (in *AdditionalPort) DeepCopyInto(out *AdditionalPort)         { copyInto(in, out) }
func (in *AddonsSpec) DeepCopyInto(out *AddonsSpec)                 { copyInto(in, out) }
func (in *KubeletSpec) DeepCopyInto(out *KubeletSpec)               { copyInto(in, out) }
func (in *ProbeSet) DeepCopyInto(out *ProbeSet)                     { copyInto(in, out) }

// DeepCopyObject makes it an object that clients take.
func (in *TenantControlPlane) DeepCopyObject() runtime.Object {
	out := &TenantControlPlane{}
	copyInto(in, out)
	return out
}

// DeepCopyObject makes it an object that clients take.
func (in *TenantControlPlaneList) DeepCopyObject() runtime.Object {
	out := &TenantControlPlaneList{}
	copyInto(in, out)
	return out
}
