"""Pure functions on strings: repair, names, identifiers, terms, escaping."""
