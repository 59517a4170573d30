"""Saved views: lists of actions that the settings describe, and what belongs to them."""
