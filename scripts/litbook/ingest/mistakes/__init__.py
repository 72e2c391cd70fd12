"""Find Markdown that would not be shown as meant.

The build shows such text as it stands, leaves it out, or warns of it long after `litbook check` could have.
"""
