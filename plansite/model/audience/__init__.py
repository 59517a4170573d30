"""Filtering a site for an audience, and counting what is filtered out."""
