"""Measure how many false numbers the check of the prose refuses."""
