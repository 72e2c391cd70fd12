"""The parts of the search index: pure functions from a corpus to the values that a browser ranks with."""
