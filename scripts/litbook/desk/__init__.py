"""The local server: shows a review while it is written, and takes decisions about its papers."""
