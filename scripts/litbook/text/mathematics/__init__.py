"""Mathematics on pages."""
