"""Pages about incidents: each with its evidence chains, the lists, the briefings, and the learning for each service."""
