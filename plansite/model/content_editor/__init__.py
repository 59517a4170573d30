"""The content editor in which people without git change the files of a site."""
