"""What a published review needs: where litbook comes from, what a request changes, releases."""
