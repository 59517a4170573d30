"""The build of a site, from its files to published pages."""
