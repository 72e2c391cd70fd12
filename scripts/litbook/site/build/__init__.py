"""Prepare the review before Sphinx reads it, and decide which pages a change affects."""
