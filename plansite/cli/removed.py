"""`plansite check --since`: what stood in the plans at a revision and is gone."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.checks.check import RULES
from plansite.checks.grounds import Grounds
from plansite.checks.removed import folded, removed_findings
from plansite.model.findings import Finding
from plansite.pipeline.way import Way


def removed_since(root: Path, way: Way, revision: str) -> tuple[Finding, ...]:
    """A finding for each document that is gone, but for what is set aside. Raises click.UsageError and TreeError."""
    # Only who asks for it waits for what reads the past to be loaded.
    from plansite.history.gone import gone_since
    from plansite.history.since import UnknownRevisionError

    grounds = Grounds(way.lean(), RULES)
    try:
        gone = gone_since(root, way.shelf.settings, revision, grounds.documents())
    except UnknownRevisionError as error:
        raise click.UsageError(str(error)) from error
    return removed_findings(grounds, folded(gone))
