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
class Fault:
    """One fault: `place` is `path:line:column` as far as it is known."""

    place: str = ""
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """In one line, as the terminal shows it."""
        said = f"{self.place}: {self.what}" if self.place else self.what
        return f"{said} ({self.remedy})" if self.remedy else said


def fault_of(finding: Finding) -> Fault:
    """A finding as a fault."""
    rule = finding.rule
    return Fault(place=finding.place, what=f"{rule.code} {rule.name}: {finding.message}", remedy=finding.remedy)


def faults_of(error: Exception, root: Path) -> tuple[Fault, ...]:
    """What an exception of a build means to the writer; all that plansite does not know is a fault of plansite."""
    match error:
        case SettingsError(findings=findings) if findings:
            return tuple(fault_of(finding) for finding in findings)
        case ThemeError():
            return (Fault(place=_template_place(error, root), what=str(error), remedy="mend the theme and save again"),)
        case OSError():
            named = _inside(str(error.filename or ""), root)
            return (Fault(place=named, what=f"the file cannot be read: {error.strerror or error}"),)
    own = f"plansite itself failed: {type(error).__name__}: {error}"
    return (Fault(place=_template_place(error, root) or _own_place(error), what=own, remedy="please report this"),)


def _template_place(error: BaseException, root: Path) -> str:
    """The deepest template line on the way to the error; templates stand in a traceback under their own names."""
    for each in _causes(error):
        for frame in reversed(traceback.extract_tb(each.__traceback__)):
            if not frame.filename.endswith(".py") and not frame.filename.startswith("<"):
                return f"{_inside(frame.filename, root)}:{frame.lineno}"
    return ""


def _own_place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The first cause first: it is nearest to the template."""
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    yield error


def _inside(path: str, root: Path) -> str:
    """A path as it counts from the site's folder, where it lies in it."""
    try:
        return Path(path).resolve().relative_to(root.resolve()).as_posix() if path else ""
    except ValueError:
        return path
