"""Data files for spreadsheets, programs and scripts."""
