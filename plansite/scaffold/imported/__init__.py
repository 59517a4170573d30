"""Writes the actions of a tracker into the folder of a plan, and keeps what people have changed there."""
