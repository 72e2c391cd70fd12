"""What the reader already knows: their marks in the text, what changed since their last visit, what to read next."""
