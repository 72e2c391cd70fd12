"""What changed in the collection, read from the commits."""
