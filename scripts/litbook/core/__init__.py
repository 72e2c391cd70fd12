"""Paths, addresses, files, caches and workers: what every other room may use."""
