"""Why nothing was published. Every message is for people and names the file or folder it is about."""

from __future__ import annotations


class PublishError(OSError):
    """Nothing was published, and what stood there before still stands."""


class NotOursError(PublishError):
    """The folder holds something that plansite did not make, or is no place for a site."""


class LockedError(PublishError):
    """Another build is publishing into the same folder."""


class PathError(PublishError):
    """A file of the site has a path that not every computer can hold, or one that leaves the folder."""
