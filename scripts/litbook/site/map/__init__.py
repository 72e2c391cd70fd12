"""The map of the papers: cards, filters and a selection on the drawing of a notebook."""
