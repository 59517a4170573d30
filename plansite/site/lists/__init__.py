"""Lists across plans, and the calendar."""
