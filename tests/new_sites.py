"""New sites as `plansite init` writes them, with the example only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.model.status import PlanKind
from plansite.scaffold.install_source import find_install_source
from plansite.scaffold.new_site import NewSite, build_new_site, write_site


def create_site(folder: Path, title: str, kind: PlanKind, today: date) -> None:
    """Write a new site into a folder."""
    write_site(folder, NewSite(title=title, kind=kind, today=today), find_install_source())


def build_site_files(title: str, kind: PlanKind, today: date) -> dict[str, str]:
    """The files of a new site by path."""
    return build_new_site(NewSite(title=title, kind=kind, today=today), find_install_source().requirement)
