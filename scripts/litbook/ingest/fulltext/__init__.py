"""Read the text of parsed papers: sections, references and marks of citations, one module per form.

Only `litbook parse`, `new` and `add` use it: a build never reads the text of a paper.
"""
