"""Assign papers to themes, and propose themes for a new collection."""
