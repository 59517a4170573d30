"""The pages that only an evidence pack has: its cover, its evidence, and what changed."""
