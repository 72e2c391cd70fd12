"""Turn a collection of papers into a themed, searchable literature review."""

__version__ = "0.2.0"
