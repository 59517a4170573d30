"""Writes a parsed body as Markdown again: what a reader may see of it, and nothing else of its file."""
