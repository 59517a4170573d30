"""Single pages of a site: front page, search, glossary and others."""
