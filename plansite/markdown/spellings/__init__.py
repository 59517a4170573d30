"""Rewrites headings, steps and progress notes as other programs write them, line by line, into this dialect's form."""
