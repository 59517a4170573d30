"""The error that ends a command because somebody must first mend the site itself."""

from __future__ import annotations


class SiteError(Exception):
    """The settings or the theme cannot be used; the message says where and why."""
