module region/helm-controller

go 1.26

require github.com/fluxcd/helm-controller v1.6.3
