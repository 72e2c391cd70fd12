"""The features of the built site: a folder each, with its Python, scripts, styles and templates."""
