"""Frameworks of regulators: their standards, how a text names one, what cites them, and ratings against them."""
