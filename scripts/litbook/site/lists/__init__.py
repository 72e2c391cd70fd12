"""Lists of papers that readers sort, filter, select from and export."""
