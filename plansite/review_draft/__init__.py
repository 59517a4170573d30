"""The draft of a plan's next review: what is sent before a meeting and becomes its minutes."""
