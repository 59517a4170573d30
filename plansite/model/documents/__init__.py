"""The documents of a site, with the fields that each kind of file has."""
