"""Plan templates: folders with a `plan.md` and what belongs to it, the site's own before those of plansite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from plansite.content.report import nearest, shown
from plansite.content.scan import LARGEST
from plansite.scaffold.create import TemplateError

#: Where a site keeps its own.
OWN = "content/templates/plans"
#: What a template says about itself; its first line is shown in lists, and it is no part of the plan.
ABOUT = "README.md"
_MAY_HOLD = (".md", ".csv")


class UnknownTemplateError(Exception):
    """No plan template has this name. The message says which there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A plan template: its name, such as `incident/fall`, where it lies, and its texts by path inside its folder."""

    name: str
    place: str
    texts: Mapping[str, str]
    about: str = ""

    @property
    def copy(self) -> Mapping[str, str]:
        """The files of a copy in a site, by path."""
        files = {**self.texts, **({ABOUT: self.about} if self.about else {})}
        return {f"{OWN}/{self.name}/{path}": text for path, text in files.items()}


def listing(root: Path) -> str:
    """Every template on a line of its own, with what it is for."""
    folders = _folders(root)
    width = max(map(len, folders), default=0)
    return "\n".join(f"{name:<{width}}  {_summary(folder)}".rstrip() for name, folder in folders.items())


def pack_named(root: Path, name: str) -> Pack:
    """The template with that name, or with that last part of its name where only one has it.

    Raises UnknownTemplateError, and TemplateError for one that cannot be read.
    """
    folders = _folders(root)
    found = _meant(name, folders)
    if found is None:
        raise UnknownTemplateError(f"{_unknown(name, folders)}\n\nThe templates are:\n{listing(root)}")
    folder, own = folders[found], root / OWN / found
    if own.is_dir() and folder != own:
        raise TemplateError(f"{OWN}/{found} has no plan.md; add one, or take the folder away")
    place = f"{OWN}/{found}" if folder == own else found
    texts = dict(sorted(_texts(folder, place, "")))
    return Pack(name=found, place=place, about=texts.pop(ABOUT, ""), texts=texts)


def _folders(root: Path) -> dict[str, Traversable]:
    """The folder of each template by its name."""
    ours = files(__package__).joinpath("templates", "plans")
    return dict(sorted({**dict(_below(ours, "")), **dict(_below(root / OWN, ""))}.items()))


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and not entry.name.startswith(".") and not _is_link(entry):
            if entry.joinpath("plan.md").is_file():
                yield f"{name}{entry.name}", entry
            else:
                yield from _below(entry, f"{name}{entry.name}/")


def _is_link(entry: Traversable) -> bool:
    return isinstance(entry, Path) and entry.is_symlink()


def _meant(name: str, known: Iterable[str]) -> str | None:
    wanted = name.strip().strip("/").casefold()
    whole = [each for each in known if each.casefold() == wanted]
    last = [each for each in known if each.casefold().rpartition("/")[2] == wanted]
    return whole[0] if whole else last[0] if len(last) == 1 else None


def _unknown(name: str, known: Iterable[str]) -> str:
    keys = {key: each for each in known for key in (each.rpartition("/")[2].casefold(), each.casefold())}
    near = keys.get(nearest(name, keys))
    return f"there is no template called {shown(name)}" + (f"; did you mean “{near}”?" if near else "")


def _summary(folder: Traversable) -> str:
    """The first line of what it says about itself; nothing where it says nothing."""
    about = folder.joinpath(ABOUT)
    text = about.read_bytes().decode("utf-8-sig", "replace") if about.is_file() else ""
    return next((words for line in text.splitlines() if (words := line.strip("# \t"))), "")


def _texts(folder: Traversable, place: str, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        inside = f"{path}{entry.name}"
        if entry.name.startswith("."):
            continue
        if _is_link(entry):
            raise TemplateError(f"{place}/{inside} is a link; put the file itself there")
        if entry.is_dir():
            yield from _texts(entry, place, f"{inside}/")
        else:
            yield inside, _text(entry, f"{place}/{inside}")


def _text(entry: Traversable, place: str) -> str:
    if not entry.name.endswith(_MAY_HOLD) or not entry.is_file():
        raise TemplateError(f"{place} is no Markdown file and no table; a template holds only .md and .csv files")
    with entry.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TemplateError(f"{place} is too large; the most is {LARGEST // 1024} KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(f"{place} is not UTF-8; save it with that encoding") from error
