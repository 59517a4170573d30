"""Rules on what people said, on plans in easy words, and on how far goals were reached."""
