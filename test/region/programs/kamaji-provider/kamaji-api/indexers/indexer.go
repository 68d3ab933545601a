// Package indexers has the one interface that Kamaji's Cluster API provider takes from Kamaji's package of that name.
package indexers

import "sigs.k8s.io/controller-runtime/pkg/client"

// Indexer says how objects of a kind are found by a value within them.
type Indexer interface {
	Object() client.Object
	Field() string
	ExtractValue() client.IndexerFunc
}
