"""Project paths, site addresses, atomic writes, caches and the worker process; every other room may import them."""
