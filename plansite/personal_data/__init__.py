"""Recognises personal data in a text: pure functions of the text, in a module for each group of kinds."""
