"""From pages to bytes: the theme's templates, and what stands around every page."""
