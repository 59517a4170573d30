"""Groups of fields inside documents."""
