"""Reads the files of a site: from bytes to front matter with positions, typed documents, a Site and all findings."""
