"""Pure functions on strings: repair, names, identifiers, citekeys, terms, escaping."""
