"""What went wrong, in words for whoever has just saved a file: a place, what is wrong, what to do."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plansite.content.settings import SettingsError
from plansite.model.findings import Finding
from plansite.render.theme import ThemeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault: `place` is `path:line:column` as far as it is known."""

    location: str = ""
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """In one line, as the terminal shows it."""
        said = f"{self.location}: {self.message}" if self.location else self.message
        return f"{said} ({self.remedy})" if self.remedy else said


def diagnose_finding(finding: Finding) -> Diagnostic:
    """A finding as a fault."""
    rule = finding.rule
    return Diagnostic(
        location=finding.location, message=f"{rule.code} {rule.name}: {finding.message}", remedy=finding.remedy
    )


def diagnose_error(error: Exception, root: Path) -> tuple[Diagnostic, ...]:
    """What an exception of a build means to the writer; all that plansite does not know is a fault of plansite."""
    match error:
        case SettingsError(findings=findings) if findings:
            return tuple(diagnose_finding(finding) for finding in findings)
        case ThemeError():
            return (
                Diagnostic(
                    location=_template_location(error, root), message=str(error), remedy="mend the theme and save again"
                ),
            )
        case OSError():
            named = _relative_to_site(str(error.filename or ""), root)
            return (Diagnostic(location=named, message=f"the file cannot be read: {error.strerror or error}"),)
    own = f"plansite itself failed: {type(error).__name__}: {error}"
    return (
        Diagnostic(
            location=_template_location(error, root) or _source_location(error),
            message=own,
            remedy="please report this",
        ),
    )


def _template_location(error: BaseException, root: Path) -> str:
    """The deepest template line on the way to the error; templates stand in a traceback under their own names."""
    for each in _exception_chain(error):
        for frame in reversed(traceback.extract_tb(each.__traceback__)):
            if not frame.filename.endswith(".py") and not frame.filename.startswith("<"):
                return f"{_relative_to_site(frame.filename, root)}:{frame.lineno}"
    return ""


def _source_location(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _exception_chain(error: BaseException) -> Iterator[BaseException]:
    """The first cause first: it is nearest to the template."""
    if error.__cause__ is not None:
        yield from _exception_chain(error.__cause__)
    yield error


def _relative_to_site(path: str, root: Path) -> str:
    """A path as it counts from the site's folder, where it lies in it."""
    try:
        return Path(path).resolve().relative_to(root.resolve()).as_posix() if path else ""
    except ValueError:
        return path
