"""Digital signatures: keys, certificates, signing, checking. The only place that knows PKI."""
