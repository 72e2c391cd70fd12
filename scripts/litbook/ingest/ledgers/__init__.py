"""Readers of the hand-kept files below `book/corpus`, one module per file."""
