"""Files that `init` and `new` write: a new site, and new documents and plans of a site."""
