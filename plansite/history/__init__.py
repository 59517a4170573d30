"""The history of a site's content, read from git: commits, changes of documents, signatures, removed documents."""
