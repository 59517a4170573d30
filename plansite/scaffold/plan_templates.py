"""Plan templates: folders with a `plan.md` and its documents, those of the site before those of plansite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from plansite.content.files import MAX_FILE_SIZE
from plansite.content.report import find_nearest, format_question, quote_text
from plansite.deferred_dataclass import dataclass
from plansite.lookup import CorrectableError
from plansite.scaffold.new_document import TemplateError

#: The folder of a site's own templates.
SITE_TEMPLATES = "content/templates/plans"
#: The description of a template. Its first line is shown in lists; it is not copied into the plan.
README = "README.md"
_ALLOWED_SUFFIXES = (".md", ".csv")


class UnknownTemplateError(CorrectableError):
    """No plan template has this name. The message lists the templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTemplate:
    """A plan template: its name, such as `incident/fall`, its location for messages, and its texts by relative path.

    `about` is the text of its README.
    """

    name: str
    location: str
    texts: Mapping[str, str]
    about: str = ""

    @property
    def copied_files(self) -> Mapping[str, str]:
        """The files of a copy of the template in a site, by path."""
        texts = {**self.texts, **({README: self.about} if self.about else {})}
        return {f"{SITE_TEMPLATES}/{self.name}/{path}": text for path, text in texts.items()}


def format_template_list(root: Path) -> str:
    """A line for every template, with its name and description."""
    folders = _find_template_folders(root)
    width = max(map(len, folders), default=0)
    return "\n".join(f"{name:<{width}}  {_read_summary(folder)}".rstrip() for name, folder in folders.items())


def load_plan_template(root: Path, name: str) -> PlanTemplate:
    """The template with that name, or with that last part of its name if no other has it.

    Raises UnknownTemplateError, and TemplateError for a template that cannot be read.
    """
    folders = _find_template_folders(root)
    full_name = _match_name(name, folders)
    if full_name is None:
        nearest = _find_nearest_name(name, folders)
        unknown = f"there is no template called {quote_text(name)}{'; ' if nearest else ''}{format_question(nearest)}"
        raise UnknownTemplateError(f"{unknown}\n\nThe templates are:\n{format_template_list(root)}", nearest)
    folder, site_folder = folders[full_name], root / SITE_TEMPLATES / full_name
    if site_folder.is_dir() and folder != site_folder:
        raise TemplateError(f"{SITE_TEMPLATES}/{full_name} has no plan.md; add one, or delete the folder")
    location = f"{SITE_TEMPLATES}/{full_name}" if folder == site_folder else full_name
    texts = dict(sorted(_read_texts(folder, location, "")))
    return PlanTemplate(name=full_name, location=location, about=texts.pop(README, ""), texts=texts)


def _find_template_folders(root: Path) -> dict[str, Traversable]:
    """The folder of each template by its name; one of the site replaces one of plansite with the same name."""
    bundled = dict(_find_folders_below(files(__package__).joinpath("templates", "plans"), ""))
    return dict(sorted({**bundled, **dict(_find_folders_below(root / SITE_TEMPLATES, ""))}.items()))


def _find_folders_below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and not entry.name.startswith(".") and not _is_link(entry):
            if entry.joinpath("plan.md").is_file():
                yield f"{prefix}{entry.name}", entry
            else:
                yield from _find_folders_below(entry, f"{prefix}{entry.name}/")


def _is_link(entry: Traversable) -> bool:
    return isinstance(entry, Path) and entry.is_symlink()


def _match_name(name: str, template_names: Iterable[str]) -> str | None:
    wanted = name.strip().strip("/").casefold()
    full_matches = [template for template in template_names if template.casefold() == wanted]
    last_part_matches = [template for template in template_names if template.casefold().rpartition("/")[2] == wanted]
    if full_matches:
        return full_matches[0]
    return last_part_matches[0] if len(last_part_matches) == 1 else None


def _find_nearest_name(name: str, template_names: Iterable[str]) -> str:
    """The full name of the template that was probably meant; empty if it cannot be told."""
    candidates: dict[str, str] = {}
    for template in template_names:
        candidates |= {template.rpartition("/")[2].casefold(): template, template.casefold(): template}
    return candidates.get(find_nearest(name, candidates), "")


def _read_summary(folder: Traversable) -> str:
    """The first line with text in the README; empty if there is none."""
    about = folder.joinpath(README)
    text = _read_text(about, README) if about.is_file() and not _is_link(about) else ""
    return next((summary for line in text.splitlines() if (summary := line.strip("# \t"))), "")


def _read_texts(folder: Traversable, location: str, path: str) -> Iterator[tuple[str, str]]:
    """The paths and texts of the files below a folder, without hidden ones. Raises TemplateError."""
    for entry in folder.iterdir():
        entry_path = f"{path}{entry.name}"
        if entry.name.startswith("."):
            continue
        if _is_link(entry):
            raise TemplateError(f"{location}/{entry_path} is a link; put the file itself there")
        if entry.is_dir():
            yield from _read_texts(entry, location, f"{entry_path}/")
        else:
            yield entry_path, _read_text(entry, f"{location}/{entry_path}")


def _read_text(entry: Traversable, location: str) -> str:
    if not entry.name.endswith(_ALLOWED_SUFFIXES) or not entry.is_file():
        raise TemplateError(f"{location} is neither a Markdown file nor a table; use .md or .csv files")
    with entry.open("rb") as file:
        data = file.read(MAX_FILE_SIZE + 1)
    if len(data) > MAX_FILE_SIZE:
        raise TemplateError(f"{location} is too large; the most is {MAX_FILE_SIZE // 1024} KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(f"{location} cannot be read; save the file again with encoding UTF-8") from error
