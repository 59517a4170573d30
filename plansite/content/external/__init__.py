"""External sources: which of their files are read, and what of the settings about them cannot be followed."""
