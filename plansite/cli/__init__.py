"""The commands: the only place that prints, reads the clock or exits."""
