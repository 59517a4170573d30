"""The errors of publishing. Every message is for people and names the file or folder it is about."""

from __future__ import annotations


class PublishError(OSError):
    """Nothing was published, and the old site is still in place."""


class NotOursError(PublishError):
    """The folder holds something that plansite did not make, or must not be replaced by a site."""


class LockedError(PublishError):
    """Another build is publishing into the same folder."""


class PathError(PublishError):
    """A file of the site has a path that not every computer can hold, or one that leaves the folder."""
