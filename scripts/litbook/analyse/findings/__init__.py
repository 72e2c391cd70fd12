"""Names, models, benchmarks and results that title and abstract state, and people's corrections of what rules find."""
