"""Render the corpus as pages and exports, and write the generated files."""
