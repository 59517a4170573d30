"""Data files: registers as CSV and JSON, the search index, and the next date on which a page changes."""
