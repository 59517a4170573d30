"""What one build leaves for the next beside the site, and telling when nothing has to be built."""
