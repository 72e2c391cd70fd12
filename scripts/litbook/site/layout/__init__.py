"""What all pages share: the frame of a page, its styles, and the keys that work everywhere."""
