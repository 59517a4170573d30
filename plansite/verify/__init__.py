"""Compares a published copy with what a commit or the working tree builds."""
