"""Encryption of a whole build, opened in the browser with a passphrase."""
