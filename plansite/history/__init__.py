"""What git knows of a site's content."""
