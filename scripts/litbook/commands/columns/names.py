"""The names of the starter sets, apart from what reads them: the help of all commands needs no YAML."""

NAMES = ("pico", "software-engineering", "machine-learning", "risk-of-bias")
