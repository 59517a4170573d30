"""plansite compiles a repository of action files into a read-only site."""

__version__ = "0.1.0"
