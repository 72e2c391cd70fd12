"""Merge the records of one work into a paper, and find near-duplicates."""
