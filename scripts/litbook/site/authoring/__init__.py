"""The directives and roles with which authors draw lists and numbers from the corpus."""
