"""Frozen values of a site of plans, and the questions asked of them."""
