"""The updating status of a review, its reporting items, and the result of audits."""
