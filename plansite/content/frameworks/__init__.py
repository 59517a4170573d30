"""Reads frameworks of standards: those that come with plansite, and those that a site adds."""
