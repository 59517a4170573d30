"""Finds the tables of actions in sheets: their headings, their rows, and what is beside them."""
