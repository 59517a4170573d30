"""Files whose names some file systems take for the same never stop a build, and none of their pages is missing."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.model.slugs import UniqueNames, assign_unique_paths, collision_key
from plansite.pipeline.build import build_in_memory
from plansite.publish.output_paths import check_paths
from plansite.render.theme import load_theme
from tests.examples import examples
from tests.sites import FixedClock, write

_CLOCK = FixedClock(date(2025, 1, 20))
#: Pairs of names that are the same by NFKC and case folding.
TWINS = [
    ("①", "1"), ("\uff43ase", "case"), ("\ufb01le", "file"), ("Case", "case"), ("\u017ftairs", "stairs"), ("Stra\u00dfe", "strasse"),
    ("\u00e9", "e\u0301"), ("K", "k"), ("\u00b2", "2"), ("\u01c6", "d\u017e"), ("\uff49ndex", "Index"), ("\uff41ctions", "actions"), ("a①", "a1"),
    ("case", "case-2"), ("\u00bd", "1\u20442"), ("\u0130", "i\u0307"), ("\uff43\uff4f\uff4e", "con"), ("\uff21\uff22", "ab"),
]  # fmt: skip
#: Where the name of a file or folder becomes part of an address.
PLACES = (
    "content/plans/{}/plan.md", "content/plans/p/actions/{}.md", "content/plans/p/actions/{}/x.md",
    "content/plans/p/reviews/{}.md", "content/plans/p/incidents/{}.md", "content/plans/p/measures/{}.md",
    "content/owners/{}.md", "content/agencies/{}.md",
)  # fmt: skip
ASSETS = ("content/plans/p/evidence/{}.pdf", "content/plans/p/{}/x.pdf", "content/plans/p/{0}/{0}.pdf")


def _build(root: Path, names: tuple[str, ...]) -> tuple[dict[str, str], set[str]]:
    """A site with a document and a file for each name at each place; the titles of documents, and all paths built."""
    titles = {
        place.format(name): f"T{number}x{index}t"
        for index, place in enumerate(PLACES)
        for number, name in enumerate(names)
    }
    assets = {place.format(name) for place in ASSETS for name in names}
    links = "".join(f"[x](<{path.removeprefix('content/plans/p/')}>)\n\n" for path in sorted(assets))
    write(
        root,
        {
            "plansite.yaml": "title: T\ndownloads: [calendars]\n",
            "content/plans/p/plan.md": f"---\ntitle: P\n---\n{links}",
            **{path: f"---\ntitle: {title}\nowner: {names[0]}\n---\n" for path, title in titles.items()},
            **dict.fromkeys(assets, "x"),
        },
    )
    files = build_in_memory(root, clock=_CLOCK).files
    check_paths(files)
    pages = [content.decode() for content in files.values() if isinstance(content, bytes) and content[:2] == b"<!"]
    shown = {title for title in titles.values() if any(f'<h1 dir="auto">{title}' in page for page in pages)}
    missing = {path: title for path, title in titles.items() if title not in shown}
    return missing, set(files)


@pytest.mark.parametrize("names", TWINS, ids=lambda names: "-".join(names).encode("unicode-escape").decode())
def test_twins_are_numbered(tmp_path: Path, names: tuple[str, str]) -> None:
    """Every document has its page and every linked file is there, whichever of the two names comes first."""
    missing, paths = _build(tmp_path, names)
    assert missing == {}
    linked = {each.removeprefix("content/") for place in ASSETS for name in names if (each := place.format(name))}
    assert len([path for path in paths if path.startswith("files/")]) == len(linked)


_NAMES = st.text(
    st.sampled_from("1\u2460a\u00b9\uff41A\u00e9\uff25e\u0301\ufb01fi\u0131\u0130i-. \u017fs\u212a"),
    min_size=1,
    max_size=4,
).filter(lambda name: name.strip(". -") and name[0] != ".")


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(_NAMES, min_size=2, max_size=4, unique=True))
def test_no_names_stop_a_build(names: list[str]) -> None:
    """Whatever the files are called."""
    with tempfile.TemporaryDirectory() as folder:
        missing, _ = _build(Path(folder), tuple(names))
    assert missing == {}


@given(st.lists(st.tuples(_NAMES, _NAMES, st.sampled_from([".pdf", ".PDF", ""])), max_size=12, unique=True))
def test_paths_are_unique(parts: list[tuple[str, str, str]]) -> None:
    """Folders are shared by twins, and a file never lies where a folder does."""
    paths = [f"files/{folder}/{name}{suffix}" for folder, name, suffix in parts]
    paths += [f"files/{name}{suffix}" for _, name, suffix in parts]
    assigned = assign_unique_paths((path, path.replace(" ", "-").replace(".", "-", 1)) for path in paths)
    assert len(set(map(collision_key, assigned.values()))) == len(set(paths))


def test_many_twins_are_numbered_in_linear_time() -> None:
    """The number goes on where it stopped."""
    names = UniqueNames()
    assert [names.add("Door") for _ in range(20_000)][-1] == "Door-20000"
    assert names.add("door-2") == "door-2-2"


def test_static_files_of_a_theme(tmp_path: Path) -> None:
    """The second of two is published with a number."""
    files = {f"themes/own/static/{name}": "x" for name in ("a.css", "\uff41.css", "I/b.css", "\uff49/c.css")}
    names = set(load_theme(write(tmp_path, {**files, "plansite.yaml": "theme: own\n"}), "own").static_files())
    assert {"a.css", "\uff41-2.css", "I/b.css", "I/c.css"} <= names
    check_paths(names)
