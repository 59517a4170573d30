"""Commands for the content editor."""
