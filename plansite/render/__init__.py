"""Renders pages to HTML with the templates of a theme, and checks the colours of a site's own theme."""
