"""The receipt of a build, against which a copy of the site can be compared."""
