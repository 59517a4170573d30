"""Actions and changes as records and reports: text for a terminal, Markdown, JSON and CSV."""
