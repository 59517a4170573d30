"""Evidence: what was agreed and what was received, until when it counts, and which kind it is."""
