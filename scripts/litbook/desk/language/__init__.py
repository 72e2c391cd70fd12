"""The language server: completion and hover of citekeys, sentences, themes and counts in editors."""
