"""Markdown as plansite writes it: safe, without HTML, taken apart into the parts of an action."""
