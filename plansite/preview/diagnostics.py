"""Findings and exceptions of a build as messages for the person who edits the files."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from plansite.content.settings import SettingsError
from plansite.deferred_dataclass import dataclass
from plansite.model.findings import Finding
from plansite.pipeline.refusals import RefusedBuildError
from plansite.render.theme import ThemeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A message with its remedy. `location` is `path:line:column`, as far as known."""

    location: str = ""
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """The diagnostic in one line, as the terminal shows it."""
        text = f"{self.location}: {self.message}" if self.location else self.message
        return f"{text} ({self.remedy})" if self.remedy else text


def diagnose_finding(finding: Finding) -> Diagnostic:
    """The diagnostic for a finding."""
    rule = finding.rule
    return Diagnostic(
        location=finding.location, message=f"{rule.code} {rule.name}: {finding.message}", remedy=finding.remedy
    )


def diagnose_error(error: Exception, root: Path) -> tuple[Diagnostic, ...]:
    """The diagnostics for an exception of a build. An unexpected one is reported as a fault of plansite."""
    match error:
        case SettingsError(findings=findings) if findings:
            return tuple(diagnose_finding(finding) for finding in findings)
        case RefusedBuildError(findings=findings):
            return tuple(diagnose_finding(finding) for finding in findings)
        case ThemeError():
            return (
                Diagnostic(
                    location=_template_location(error, root),
                    message=str(error),
                    remedy="correct the theme and save again",
                ),
            )
        case OSError():
            path = _relative_to_site(str(error.filename or ""), root)
            return (Diagnostic(location=path, message=f"the file cannot be read: {error.strerror or error}"),)
    return (
        Diagnostic(
            location=_template_location(error, root) or _source_location(error),
            message=f"plansite failed: {type(error).__name__}: {error}",
            remedy="please report this",
        ),
    )


def _template_location(error: BaseException, root: Path) -> str:
    """The innermost template in the traceback as `path:line`; empty where there is none.

    Jinja gives frames of templates the paths of these.
    """
    for exception in _exception_chain(error):
        for frame in reversed(traceback.extract_tb(exception.__traceback__)):
            if not frame.filename.endswith(".py") and not frame.filename.startswith("<"):
                return f"{_relative_to_site(frame.filename, root)}:{frame.lineno}"
    return ""


def _source_location(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _exception_chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and its causes, the first cause first, since it is nearest to the template."""
    if error.__cause__ is not None:
        yield from _exception_chain(error.__cause__)
    yield error


def _relative_to_site(path: str, root: Path) -> str:
    """A path relative to the site's folder, where it lies in it; else unchanged."""
    try:
        return Path(path).resolve().relative_to(root.resolve()).as_posix() if path else ""
    except ValueError:
        return path
