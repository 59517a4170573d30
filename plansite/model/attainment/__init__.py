"""Goal attainment scaling: how far each goal was reached, and the T score of a plan."""
