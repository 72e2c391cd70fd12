"""Readers of the files below `book/corpus` that people and commands keep."""
