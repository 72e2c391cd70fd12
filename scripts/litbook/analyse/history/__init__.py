"""What changed in the collection, read from its git history."""
