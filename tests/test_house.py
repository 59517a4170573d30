"""The house keeps its own rules: format, lint, types and who may import whom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
}


@pytest.mark.parametrize("name", _CHECKS)
def test_house_rules(name: str, project: Path) -> None:
    """Format, lint, types and the import contract find nothing."""
    ran = subprocess.run([sys.executable, *_CHECKS[name]], cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
