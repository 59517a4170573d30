"""What is missing, contradictory or unclear in a site: one function a rule, each its own documentation."""
