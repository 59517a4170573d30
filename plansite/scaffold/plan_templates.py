"""Plan templates: folders with a `plan.md` and what belongs to it, the site's own before those of plansite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from plansite.content.files import MAX_FILE_SIZE
from plansite.content.report import find_nearest, quote_text
from plansite.scaffold.new_document import TemplateError

#: Where a site keeps its own.
SITE_TEMPLATES = "content/templates/plans"
#: What a template says about itself; its first line is shown in lists, and it is no part of the plan.
README = "README.md"
_ALLOWED_SUFFIXES = (".md", ".csv")


class UnknownTemplateError(Exception):
    """No plan template has this name. The message says which there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTemplate:
    """A plan template: its name, such as `incident/fall`, where it lies, and its texts by path inside its folder."""

    name: str
    location: str
    texts: Mapping[str, str]
    about: str = ""

    @property
    def copied_files(self) -> Mapping[str, str]:
        """The files of a copy in a site, by path."""
        files = {**self.texts, **({README: self.about} if self.about else {})}
        return {f"{SITE_TEMPLATES}/{self.name}/{path}": text for path, text in files.items()}


def format_template_list(root: Path) -> str:
    """Every template on a line of its own, with what it is for."""
    folders = _find_template_folders(root)
    width = max(map(len, folders), default=0)
    return "\n".join(f"{name:<{width}}  {_read_summary(folder)}".rstrip() for name, folder in folders.items())


def load_plan_template(root: Path, name: str) -> PlanTemplate:
    """The template with that name, or with that last part of its name where only one has it.

    Raises UnknownTemplateError, and TemplateError for one that cannot be read.
    """
    folders = _find_template_folders(root)
    found = _match_name(name, folders)
    if found is None:
        raise UnknownTemplateError(
            f"{_format_unknown_name(name, folders)}\n\nThe templates are:\n{format_template_list(root)}"
        )
    folder, own = folders[found], root / SITE_TEMPLATES / found
    if own.is_dir() and folder != own:
        raise TemplateError(f"{SITE_TEMPLATES}/{found} has no plan.md; add one, or take the folder away")
    place = f"{SITE_TEMPLATES}/{found}" if folder == own else found
    texts = dict(sorted(_read_texts(folder, place, "")))
    return PlanTemplate(name=found, location=place, about=texts.pop(README, ""), texts=texts)


def _find_template_folders(root: Path) -> dict[str, Traversable]:
    """The folder of each template by its name."""
    ours = files(__package__).joinpath("templates", "plans")
    return dict(
        sorted({**dict(_find_folders_below(ours, "")), **dict(_find_folders_below(root / SITE_TEMPLATES, ""))}.items())
    )


def _find_folders_below(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and not entry.name.startswith(".") and not _is_link(entry):
            if entry.joinpath("plan.md").is_file():
                yield f"{name}{entry.name}", entry
            else:
                yield from _find_folders_below(entry, f"{name}{entry.name}/")


def _is_link(entry: Traversable) -> bool:
    return isinstance(entry, Path) and entry.is_symlink()


def _match_name(name: str, template_names: Iterable[str]) -> str | None:
    wanted = name.strip().strip("/").casefold()
    whole = [each for each in template_names if each.casefold() == wanted]
    last = [each for each in template_names if each.casefold().rpartition("/")[2] == wanted]
    return whole[0] if whole else last[0] if len(last) == 1 else None


def _format_unknown_name(name: str, template_names: Iterable[str]) -> str:
    keys = {key: each for each in template_names for key in (each.rpartition("/")[2].casefold(), each.casefold())}
    near = keys.get(find_nearest(name, keys))
    return f"there is no template called {quote_text(name)}" + (f"; did you mean “{near}”?" if near else "")


def _read_summary(folder: Traversable) -> str:
    """The first line of what it says about itself; nothing where it says nothing."""
    about = folder.joinpath(README)
    text = about.read_bytes().decode("utf-8-sig", "replace") if about.is_file() else ""
    return next((words for line in text.splitlines() if (words := line.strip("# \t"))), "")


def _read_texts(folder: Traversable, location: str, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        inside = f"{path}{entry.name}"
        if entry.name.startswith("."):
            continue
        if _is_link(entry):
            raise TemplateError(f"{location}/{inside} is a link; put the file itself there")
        if entry.is_dir():
            yield from _read_texts(entry, location, f"{inside}/")
        else:
            yield inside, _read_text(entry, f"{location}/{inside}")


def _read_text(entry: Traversable, location: str) -> str:
    if not entry.name.endswith(_ALLOWED_SUFFIXES) or not entry.is_file():
        raise TemplateError(f"{location} is no Markdown file and no table; a template holds only .md and .csv files")
    with entry.open("rb") as file:
        data = file.read(MAX_FILE_SIZE + 1)
    if len(data) > MAX_FILE_SIZE:
        raise TemplateError(f"{location} is too large; the most is {MAX_FILE_SIZE // 1024} KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(f"{location} is not UTF-8; save it with that encoding") from error
