"""The pages of the papers: read from their Markdown, written in the layout of the theme."""
