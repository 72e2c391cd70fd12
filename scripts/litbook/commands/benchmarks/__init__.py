"""Measure the build, the search and the rules."""
