"""From a folder to a site: each plan read, looked at and drawn for itself, then what speaks of them all."""
