"""What people extracted from the papers: tables, a matrix, a figure of judgements, how far extractors agree."""
