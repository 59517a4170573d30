"""Reads files of one format each into sheets of cells."""
