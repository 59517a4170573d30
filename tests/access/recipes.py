"""The recipes on the page about access, as readers copy them."""

from __future__ import annotations

import re
from pathlib import Path


def recipe(project: Path, name: str) -> str:
    """The block below the comment that names it. The page has each name once."""
    page = (project / "docs/access.md").read_text("utf-8")
    block = rf"^<!-- recipe: {re.escape(name)} -->\n(?:<!-- [^\n]* -->\n)?```\w+\n(.*?)^```$"
    found = re.findall(block, page, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"the page has {len(found)} recipes named {name}"
    return str(found[0])
