"""Commands that take in what people send who do not use git."""
