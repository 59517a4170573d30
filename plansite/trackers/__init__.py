"""Reads the trackers that teams have: tables in spreadsheets, documents and text files."""
