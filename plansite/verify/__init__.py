"""Whether a published copy is what a commit builds."""
