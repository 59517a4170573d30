"""Lists of actions across plans, and the calendar."""
