"""The commands of `litbook`, apart from the build itself.

The modules that define a command (`check`, `add`, …, `fetch/__init__`, `benchmarks/__init__`) import what it needs only
when it runs, so that `litbook --help` answers at once. `cli` lists them.
"""
