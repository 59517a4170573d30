"""How far goals were reached, in words first: each goal with its levels and its path, and the plan as a whole."""
