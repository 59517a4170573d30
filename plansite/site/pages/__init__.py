"""Single pages about the whole site: front page, search, needs attention, glossary, about this copy."""
