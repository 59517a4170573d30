"""Reads the values of cells: dates, statuses, people, references and dated notes."""
