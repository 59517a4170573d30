"""Decides which field each column of a table is, by its heading and its content."""
