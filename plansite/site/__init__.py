"""Builds pages from a site on a date. A page is a path, a template, and a view with exactly what the template shows."""
