"""The sidebar, the breadcrumb, and the links to the previous and the next page."""
