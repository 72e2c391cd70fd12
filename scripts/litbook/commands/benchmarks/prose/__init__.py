"""Measure how many false numbers the number check refuses."""
