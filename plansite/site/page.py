"""A page: where it stands, the template that draws it, and its view."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `href` counts from the top of the site, or is a web address; empty: no link."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One output file. `view` is the closed value that its template shows; nothing else of the model gets there."""

    path: str
    template: str
    title: str
    view: object
    section: str = ""
    trail: tuple[Link, ...] = ()
    landscape: bool = False

    @property
    def up(self) -> str:
        """The way from this page to the top of the site: `../../` for a page two folders down."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What surrounds every page of a site: the same for all of them.

    `policy` is what browsers may load, for hosts that send no headers. `stood` is the commit of an earlier state that
    the site shows; empty where it shows the present one. A site that `is_sealed` is encrypted: it has a lock, and
    neither search nor data.
    """

    title: str
    nav: tuple[Link, ...]
    footer: tuple[Link, ...]
    timezone: str
    pinned: bool
    base_path: str
    contact: str = ""
    stood: str = ""
    policy: str = ""
    is_sealed: bool = False
