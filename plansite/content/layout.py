"""Maps paths of a site's own layout to documents, and documents to paths."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plansite.content.documents import DocumentLocation
from plansite.content.parse_rules import BAD_SLUG, STRAY_FILE, TWIN_FILES
from plansite.content.report import Report, make_printable
from plansite.deferred_pattern import compile_lazily
from plansite.model.findings import Finding
from plansite.model.page_addresses import FOLDER_BY_KIND, PEOPLE_FOLDER_BY_KIND
from plansite.model.slugs import assign_slugs, collision_key, describe_slug_fault, distinct_slug

KIND_BY_FOLDER = {folder: kind for kind, folder in FOLDER_BY_KIND.items()}
_PEOPLE_KIND_BY_FOLDER = {folder: kind for kind, folder in PEOPLE_FOLDER_BY_KIND.items()}
#: Kinds of documents whose file is named after a day.
DATED_KINDS = ("review", "assessment")
MARKDOWN_SUFFIXES = (".md", ".markdown")
#: Suffixes of Markdown files that are reported as misnamed; some editors add `.txt` when they save.
MISNAMED_SUFFIXES = (".md.txt", ".mdown", ".mkd")
#: The folder of a site's own frameworks, and how their files end.
FRAMEWORKS_FOLDER = "content/frameworks"
FRAMEWORK_SUFFIXES = (".yaml", ".yml")
_URL_SAFE = compile_lazily(r"[\w.-]+")
#: Nearly all paths match, and need not be checked part by part.
_FAULTLESS_PATH = compile_lazily(r"(?:(?!(?:con|prn|aux|nul|com\d|lpt\d)[./])[a-z0-9][a-z0-9-]{0,79}[/.])+md")


def assign_plan_slugs(paths: Iterable[str]) -> dict[str, str]:
    """The slug of each plan's folder, by the name of the folder; see `assign_slugs`."""
    folders = sorted({path.split("/")[2] for path in paths if _is_in_plan(path)})
    return dict(zip(folders, assign_slugs((folder, slug_from_file_name(folder)) for folder in folders), strict=True))


def find_plan_folder(path: str) -> str | None:
    """The name of the plan's folder that a path is in; None for one outside plans."""
    parts = path.split("/", 3)
    return parts[2] if len(parts) > 3 and parts[0] == "content" and parts[1].casefold() == "plans" else None


def check_plan_folders(slugs: Mapping[str, str]) -> Iterator[Finding]:
    """Findings for the folders of plans whose slug was changed, because another folder has the same slug."""
    for folder, slug in slugs.items():
        if slug != slug_from_file_name(folder):
            report = Report(f"content/plans/{folder}/plan.md")
            report.add(
                TWIN_FILES,
                f"another plan's folder has the same address as “{make_printable(folder[:60])}”",
                "rename one of the two",
            )
            yield from report.findings


def check_twin_addresses(changed: Iterable[str], paths: Sequence[str]) -> Iterator[Finding]:
    """Findings for documents of the site's own layout whose slug was changed, because another has it as well.

    `paths` are those of all of these. Names that some computers take for the same are reported elsewhere.
    """
    own_paths = frozenset(changed).intersection(paths)
    counts = Counter(map(collision_key, paths)) if own_paths else Counter()
    for path in sorted(each for each in own_paths if counts[collision_key(each)] == 1):
        report = Report(path)
        report.add(TWIN_FILES, "another file would have the same address on the site", "rename one of the two")
        yield from report.findings


def _is_in_plan(path: str) -> bool:
    parts = path.split("/")
    return len(parts) > 3 and parts[1].casefold() == "plans"


def locate_document(path: str, slugs: Mapping[str, str]) -> DocumentLocation | None:
    """The document at a path `content/…`; None for a file that has no place in the layout.

    Upper and lower case in folders of the layout are the same. `slugs` are the slugs of plans by folder.
    """
    match path.split("/"):
        case ["content", folder, name] if folder.casefold() in _PEOPLE_KIND_BY_FOLDER:
            return DocumentLocation(
                _PEOPLE_KIND_BY_FOLDER[folder.casefold()], "", slug_from_file_name(_strip_suffix(name)), path
            )
        case ["content", _, plan, name] if _is_in_plan(path) and name.casefold() == "plan.md":
            return DocumentLocation("plan", slugs[plan], slugs[plan], path)
        case ["content", _, plan, folder, *below] if (
            _is_in_plan(path) and folder.casefold() in KIND_BY_FOLDER and below
        ):
            return DocumentLocation(
                KIND_BY_FOLDER[folder.casefold()],
                slugs[plan],
                slug_from_file_name(_strip_suffix("-".join(below))),
                path,
            )
    return None


def is_content_file(path: str) -> bool:
    """Whether a file is parsed: Markdown with any suffix, except for templates and readme files."""
    name = path.rsplit("/", 1)[-1].lower()
    is_markdown = name.endswith((*MARKDOWN_SUFFIXES, *MISNAMED_SUFFIXES)) and name != "readme.md"
    return is_markdown and not path.startswith("content/templates/") and not is_import_record(path)


def is_import_record(path: str) -> bool:
    """Whether a file is what `plansite import` keeps beside a plan: a report, a map, or what the last import gave."""
    match [part.casefold() for part in path.split("/")]:
        case ["content", "plans", _, "imports", _]:
            return True
    return False


def is_framework_file(path: str) -> bool:
    """Whether a file of a site holds one of its own frameworks."""
    folder, _, name = path.rpartition("/")
    return folder == FRAMEWORKS_FOLDER and name.lower().endswith(FRAMEWORK_SUFFIXES)


def is_document_path(path: str) -> bool:
    """Whether a path is that of a document of the site's own layout."""
    if path == "content/index.md":
        return True
    is_read = path.startswith("content/") and path.lower().endswith(MARKDOWN_SUFFIXES) and is_content_file(path)
    return is_read and locate_document(path, defaultdict(str)) is not None


def is_place_of_documents(path: str) -> bool:
    """Whether a file lies where documents do, or where there is nothing else: not in a further folder of a plan."""
    match [part.casefold() for part in path.split("/")]:
        case [_, _] | [_, "plans", _] | [_, "plans", _, _]:
            return True
        case [_, "plans", _, folder, *_]:
            return folder in KIND_BY_FOLDER
        case [_, folder, *_]:
            return folder in _PEOPLE_KIND_BY_FOLDER
    return False


def locate_stray_file(path: str, slugs: Mapping[str, str]) -> DocumentLocation | None:
    """Where a file without a place in the layout is listed: among the actions of its plan; None outside plans."""
    if not _is_in_plan(path):
        return None
    _, _, plan, *below = path.split("/")
    return DocumentLocation("action", slugs[plan], slug_from_file_name(_strip_suffix("-".join(below))), path)


def slug_from_file_name(name: str) -> str:
    """A name of a file as part of a URL: as it is where that is allowed, else a slug of its own."""
    allowed = _URL_SAFE.fullmatch(name) and not describe_slug_fault(name) and collision_key(name) != "index"
    return name if allowed else distinct_slug(name, " -_")


def _strip_suffix(name: str) -> str:
    suffixes = (*MISNAMED_SUFFIXES, *MARKDOWN_SUFFIXES)
    return name[: len(name) - len(next((suffix for suffix in suffixes if name.lower().endswith(suffix)), ""))]


def report_stray_file(path: str) -> Finding:
    """The finding for a Markdown file that is misnamed or has no place in the layout."""
    report = Report(path)
    if not path.lower().endswith(MARKDOWN_SUFFIXES):
        report.add(STRAY_FILE, "the file's name does not end in .md", "rename it so that it ends in .md")
        return report.findings[0]
    report.add(
        STRAY_FILE,
        "this file is in the wrong folder",
        "move it into a plan's `actions` folder",
    )
    return report.findings[0]


def check_file_names(paths: Iterable[str]) -> Iterator[Finding]:
    """Findings for names that cannot be part of a URL, and for paths that some file systems take for the same."""
    first_paths: dict[str, str] = {}
    for path in paths:
        report = Report(path)
        for part in () if _FAULTLESS_PATH.fullmatch(path) else path.removesuffix(".md").split("/"):
            fault = describe_slug_fault(part)
            if fault:
                report.add(
                    BAD_SLUG,
                    f"the name “{make_printable(part[:60])}” {fault}",
                    "rename it with letters, digits and hyphens",
                )
        twin = first_paths.setdefault(collision_key(path), path)
        if twin != path:
            report.add(
                TWIN_FILES,
                f"on some computers this file is the same as {make_printable(twin)}",
                "rename one of the two",
            )
        yield from report.findings


def document_path(kind: str, plan: str, slug: str) -> str:
    """The path of a document, relative to the site; `plan` is the name of its plan's folder."""
    if kind == "site":
        return "plansite.yaml"
    if kind == "framework":
        return f"{FRAMEWORKS_FOLDER}/{slug}.yaml"
    if kind == "plan":
        return f"content/plans/{slug}/plan.md"
    if kind in PEOPLE_FOLDER_BY_KIND:
        return f"content/{PEOPLE_FOLDER_BY_KIND[kind]}/{slug}.md"
    return f"content/plans/{plan}/{FOLDER_BY_KIND[kind]}/{slug}.md"
