"""The reader's own marks and notes, kept in the browser."""
