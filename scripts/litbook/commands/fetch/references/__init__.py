"""Ask services for the lists of references of the papers of a review, and keep them in `references.jsonl`."""
