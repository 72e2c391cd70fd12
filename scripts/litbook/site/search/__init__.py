"""The search page, its index, and the figures of how well it finds."""
