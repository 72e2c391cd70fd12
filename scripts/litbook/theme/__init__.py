"""Assign papers to themes, and draft themes for a new collection."""
