"""Read what people write beside the papers: tensions, highlights, paths, concepts, works outside, and corrections."""
