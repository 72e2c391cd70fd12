"""Measure what the search finds, how much it loads and how long it takes."""
