"""External sources: how the files of others are mapped."""
