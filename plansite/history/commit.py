"""The commit that a copy of the site is made from."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def commit_of(root: Path) -> str:
    """The full name of the commit checked out in `root`; empty where there is no git or no commit."""
    git = shutil.which("git")
    if git is None:
        return ""
    # Hooks set GIT_DIR and its kin for their own repository; ours is the one the site lies in.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    asked = [git, "-C", str(root), "rev-parse", "HEAD"]
    ran = subprocess.run(asked, capture_output=True, text=True, env=clean, check=False)  # noqa: S603  (fixed words, no shell)
    return ran.stdout.strip() if ran.returncode == 0 else ""
