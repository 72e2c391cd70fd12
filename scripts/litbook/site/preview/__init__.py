"""What the build does sooner for those who look at a page while they write."""
