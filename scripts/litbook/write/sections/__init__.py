"""Sections of a paper's page that say how the review uses it: where it is placed and why, and what cites it."""
