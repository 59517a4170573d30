"""What looks like a living person's data in a text: a pure function of the text, one module for each kind."""
