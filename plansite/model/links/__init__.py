"""Links in files: the files and headings they lead to."""
