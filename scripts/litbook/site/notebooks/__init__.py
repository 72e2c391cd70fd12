"""Notebooks: when they are executed, and their download."""
