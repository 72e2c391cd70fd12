"""Readers of the formats in which collections come."""
