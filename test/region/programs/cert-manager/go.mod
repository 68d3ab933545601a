module region/cert-manager

go 1.26
