"""Why a build that succeeded is not published: errors in a strict build, or unclear marks in one for fewer readers."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.model.findings import Finding, Level, SiteError
from plansite.model.formatting import format_count
from plansite.model.status import Audience

_READERS = {Audience.INTERNAL: "internal readers", Audience.PARTNERS: "partners", Audience.PUBLIC: "the public"}


class RefusedBuildError(SiteError):
    """The findings do not allow the build to be published; the old site is still in place."""

    def __init__(self, findings: tuple[Finding, ...], summary: str) -> None:
        """`findings` are those that forbid it; `summary` is the sentence that says so."""
        self.findings = findings
        self.summary = summary
        super().__init__("\n".join((*map(str, findings), summary)))


class StrictBuildError(RefusedBuildError):
    """A strict build has found errors."""

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        """`errors` are the findings at error level."""
        super().__init__(errors, f"Nothing is published: {format_count(len(errors), 'error')}.")


class UnclearMarkError(RefusedBuildError):
    """A build for fewer than internal readers has found marks that it cannot understand."""

    def __init__(self, findings: tuple[Finding, ...], audience: Audience) -> None:
        """`findings` are those about marks; `audience` is whom the build is for."""
        count = format_count(len(findings), "mark is", "marks are")
        remedy = "Correct what is listed above, or use --lenient to publish with all of it hidden."
        super().__init__(findings, f"Nothing is published for {_READERS[audience]}: {count} unclear. {remedy}")


def require_no_errors(findings: Iterable[Finding]) -> None:
    """Raise StrictBuildError if any finding is an error."""
    errors = tuple(finding for finding in findings if finding.rule.level is Level.ERROR)
    if errors:
        raise StrictBuildError(errors)


def list_unclear_marks(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a build for fewer than internal readers."""
    return tuple(finding for finding in findings if finding.rule.stops_narrower_build)


def require_clear_marks(findings: Iterable[Finding], audience: Audience) -> None:
    """Raise UnclearMarkError if any finding stops a build for an audience other than internal readers."""
    unclear = list_unclear_marks(findings)
    if unclear:
        raise UnclearMarkError(unclear, audience)
