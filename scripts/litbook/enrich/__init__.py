"""Merge the records of each work into a paper, and find near-duplicates."""
