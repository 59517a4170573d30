"""A speed layer: the same tokens and the same HTML as with markdown-it-py's own parsers and renderer, in less time."""
