"""Targets: where a site can be published, one module each."""
