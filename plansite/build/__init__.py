"""From a folder to a site: each plan read, looked at and drawn for itself, then what speaks of them all."""

from plansite.build.compile import Built, compiled
from plansite.build.terms import Clock

__all__ = ["Built", "Clock", "compiled"]
