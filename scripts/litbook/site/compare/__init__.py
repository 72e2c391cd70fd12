"""Two to five papers side by side."""
