"""Readers of the hand-kept files on papers below `book/corpus`, one module per file."""
