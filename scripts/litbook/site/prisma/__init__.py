"""How records became papers of the review: the PRISMA flow, sources, duplicates and exclusions."""
