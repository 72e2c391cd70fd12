"""Citations and claims: links to papers, marks on sentences, hover cards, and how to cite."""
