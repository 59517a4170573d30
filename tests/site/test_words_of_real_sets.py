"""Every heading and every word that others wrote stands on the page of its file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from plansite.content.files import MAX_FILE_SIZE
from plansite.content.site_content import load_site
from plansite.model.page_addresses import page_address, unreadable_file_address
from plansite.pipeline.build import build_in_memory
from tests.independent_reading import read_page, read_source, split_words
from tests.sites import FixedClock, html_of, write


def list_sets(folder: Path) -> list[Path]:
    """The sets with Markdown files."""
    return [each for each in sorted(folder.iterdir()) if any(each.rglob("*.md"))]


@pytest.mark.slow
def test_no_heading_and_no_word_is_lost(real_sets: Path, tmp_path: Path) -> None:
    """All Markdown files of all sets, read by another parser, against the pages that are built from them."""
    counts: Counter[str] = Counter()
    lost: list[str] = []
    for folder in list_sets(real_sets):
        files, found = _find_losses(folder, tmp_path / folder.name)
        counts[folder.name] = files
        lost += found
    assert counts.total() > 800, counts
    assert lost == []


def _find_losses(folder: Path, root: Path) -> tuple[int, list[str]]:
    """The number of files of a set, and what is missing of each on its page."""
    settings = f"title: T\ntoday: 2025-01-20\nsources: [{{path: {folder}, plan: adopted}}]\n"
    site = load_site(write(root, {"plansite.yaml": settings}))
    pages = html_of(build_in_memory(root, clock=FixedClock()))
    lost: list[str] = []
    for action in site.actions:
        words, headings = read_source(_read(folder, action.path))
        shown_words, shown_headings = read_page(pages[page_address(action)])
        lost += [f"{action.path}: word {word}" for word in words - shown_words]
        lost += [f"{action.path}: heading {heading}" for heading in headings - shown_headings]
    for file in site.unreadable:
        shown_words, _ = read_page(pages[unreadable_file_address(file)])
        text = _read(folder, file.path)
        if len(text.encode()) <= MAX_FILE_SIZE:
            lost += [f"{file.path}: word {word}" for word in Counter(split_words(text)) - shown_words]
    return len(list(site.actions)) + len(site.unreadable), lost


def _read(folder: Path, path: str) -> str:
    """The text of a file of a set, whose path counts from the site."""
    return (folder / path.rpartition(f"{folder.name}/")[2]).read_text("utf-8", "replace")
