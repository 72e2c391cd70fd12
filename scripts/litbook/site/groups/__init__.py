"""Pages of authors, venues and years."""
