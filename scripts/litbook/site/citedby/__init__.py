"""Pages on who cites whom in the review, and on what it lacks; there are none if no list of references is known."""
