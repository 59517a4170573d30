"""What several kinds of pages share: pages and links, tags, rows, pagination, headers."""
