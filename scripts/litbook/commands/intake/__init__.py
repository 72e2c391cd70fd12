"""What `litbook new` and `litbook add` have in common: the files that people name, and the account that ends them."""
