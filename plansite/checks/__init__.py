"""The rules that report what is missing, contradictory or unclear in a site, and how findings are written."""
