"""The front page: the search box with what the review is, its findings, and when its papers appeared."""
