"""The draft of a plan's next review: it is sent out before the meeting, and completed as its minutes afterwards."""
