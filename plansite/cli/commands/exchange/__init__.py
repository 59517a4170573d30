"""Commands that exchange plans with other programs, and with people who do not use git."""
