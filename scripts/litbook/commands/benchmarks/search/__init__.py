"""Measure what the search finds, loads and costs."""
