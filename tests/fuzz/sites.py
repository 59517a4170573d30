"""Sites made of arbitrary pieces: what a hostile writer, a broken editor or a torn disk could leave."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from plansite.content.documents import DOCUMENT_TYPES
from plansite.model.fields import declared_fields
from plansite.model.findings import SiteError
from plansite.pipeline.build import BuiltSite, build_in_memory
from tests.sites import FixedClock

#: Draws a number from 0 to below the one given; a fuzzer or a test decides which.
Pick = Callable[[int], int]

#: Pieces of Markdown and of front matter that mean something to a parser.
PIECES = (
    "\n|\n\n|\t| |    |> |- |* |1. |2) |- [ ] |- [x] |# |## |### |## Steps\n|## Progress\n|- 2025-01-04 (A): |===|---|```|~~~|`|"
    "*|**|_|~~|[|]|](|)|![|<|>|<!--|-->|&amp;|&#0;|&|\\|\\\n|  \n|[a]: /u|[a]|:::|::: internal\n|::: public\n|:::\n|\u2028|\u202e|\ufeff|\x00|\x01|"
    "é|e\u0301|\U0001f600|\ud800|a|word|two words|https://e.org/|javascript:x|//e.org|../plan.md|x.png|mailto:a|data:,x|"
    "title: |owner: |due: 2025-02-30\n|status: done\n|- {|}|[|: |'|\"|&a |*a|!!x |<<: |? |%|@x|#|0|1e999|-|2025-01-01|no|null"
).split("|")
PIECES += ["|", "|a|b|\n|-|-|\n", "\r\n", "\r"]

_FOLDERS = ("actions", "reviews", "incidents", "measures", "actions/deep", "elsewhere")
_PEOPLE = {"owner": "content/owners", "agency": "content/agencies"}


def soup(pick: Pick, seeds: Sequence[str], most: int) -> str:
    """Pieces and seeds in a row."""
    return "".join(
        seeds[pick(len(seeds))] if seeds and not pick(6) else PIECES[pick(len(PIECES))] for _ in range(pick(most))
    )


def name(pick: Pick, seeds: Sequence[str]) -> str:
    """A file's name, as far as a file system takes it."""
    odd = (
        "a",
        "b",
        "A",
        "con",
        "index",
        "..x",
        " x",
        "x.",
        "é",
        "e\u0301",
        "a:b",
        "%2e",
        "-",
        "\u202e",
        "\udcff",
        "plan",
    )
    made = odd[pick(len(odd))] if pick(3) else soup(pick, seeds, 4)
    plain = made.replace("/", "-").replace("\0", "-").replace("\ud800", "-").lstrip(".")
    return plain.encode("utf-8", "surrogateescape")[:150].decode("utf-8", "surrogateescape") or "x"


def fields(pick: Pick, seeds: Sequence[str], kind: str) -> str:
    """Front matter with some fields of a kind: quoted, or just as it comes."""
    lines = []
    for each in declared_fields(DOCUMENT_TYPES[kind]):
        if pick(3):
            continue
        text = soup(pick, seeds, 5)
        value = (json.dumps(text), f"[{json.dumps(text)}]", text, each.field.example, f"{{a: {text}}}")[pick(5)]
        lines.append(f"{each.name}: {value}\n")
    return "".join(lines)


def document(pick: Pick, seeds: Sequence[str], kind: str) -> bytes:
    """A file of a kind, more or less."""
    if not pick(8):
        return soup(pick, seeds, 30).encode("utf-8", "surrogatepass")
    head = fields(pick, seeds, kind) if pick(6) else soup(pick, seeds, 12)
    data = f"---\n{head}---\n{soup(pick, seeds, 40)}".encode("utf-8", "surrogatepass")
    if not pick(10):
        at = pick(len(data))
        return data[:at] + bytes([pick(256)]) + data[at + 1 :]
    return data


def table(pick: Pick, seeds: Sequence[str]) -> bytes:
    """The readings of a measure."""
    cells = ("2025-01-01", "2025-01-02", "1", "0", "-1", "1e-320", "nan", "", '"', "=1+1", "a")
    head = ("date,value", "date,n,d", "", soup(pick, seeds, 3))[pick(4)]
    rows = (",".join(cells[pick(len(cells))] for _ in range(pick(5))) for _ in range(pick(8)))
    return "\n".join((head, *rows)).encode("utf-8", "surrogatepass")


def settings(pick: Pick, seeds: Sequence[str]) -> bytes:
    """`plansite.yaml`; mostly one that can be read."""
    names = ("audience: ", "timezone: ", "base_url: ", "contact: ", "due_soon: ", "sources: ", "")
    lines = ["title: T", *(name + soup(pick, seeds, 4) for name in names if not pick(6))]
    if not pick(4):
        lines.append(
            "sources: [{path: theirs, plan: {field: part}, fields: {ref: id, owner: {field: team, split: ','}}}]"
        )
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def site(pick: Pick, seeds: Sequence[str]) -> dict[str, bytes]:
    """The files of a site by path. Every kind of document is there, most of them wrong."""
    files = {"plansite.yaml": settings(pick, seeds), "content/index.md": document(pick, seeds, "plan")}
    for kind, folder in _PEOPLE.items():
        files[f"{folder}/{name(pick, seeds)}.md"] = document(pick, seeds, kind)
    plan = f"content/plans/{name(pick, seeds)}"
    files[f"{plan}/plan.md"] = document(pick, seeds, "plan")
    for _ in range(1 + pick(5)):
        folder = _FOLDERS[pick(len(_FOLDERS))]
        ending = (".md", ".MD", ".markdown", ".md.txt")[pick(4) if not pick(4) else 0]
        path = f"{plan}/{folder}/{name(pick, seeds)}{ending}"
        files[path] = document(pick, seeds, list(DOCUMENT_TYPES)[pick(len(DOCUMENT_TYPES))])
        if folder == "measures":
            files[f"{path.removesuffix(ending)}.csv"] = table(pick, seeds)
    files[f"theirs/{name(pick, seeds)}.md"] = document(pick, seeds, "action")
    return files


def put(root: Path, files: Mapping[str, bytes]) -> Path:
    """Write them, but for what this file system does not take: a name it refuses, a file where a folder is."""
    for path, data in files.items():
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        except (OSError, UnicodeError):
            continue
    return root


def built(root: Path) -> BuiltSite | None:
    """The site, or None where its settings stop it: the one fault that is raised, by its own name."""
    try:
        return build_in_memory(root, clock=FixedClock(date(2025, 1, 20)))
    except SiteError:
        return None


def seeds_of(project: Path) -> list[str]:
    """Whole texts of the demonstration, and published attack strings where they lie beside the project."""
    texts = [path.read_text("utf-8") for path in sorted((project / "content").rglob("*.md"))[:40]]
    attacks = project.parent / "shared" / "data" / "hostile" / "xss.jsonl"
    if attacks.exists():
        texts += [str(json.loads(line)["payload"]) for line in attacks.read_text("utf-8").splitlines()]
    return texts
