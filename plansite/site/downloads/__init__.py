"""Registers to download for other programs, which a site has if its settings ask for them."""
