"""Where a new file of each kind belongs."""

from __future__ import annotations

from plansite.content.layout import FOLDERS

_IN_PLAN = {kind: folder for folder, kind in FOLDERS.items()}
_BESIDE_PLANS = {"owner": "owners", "agency": "agencies"}


def path_of(kind: str, plan: str, slug: str) -> str:
    """The path, counted from the site's folder, of a document of that kind. `plan` is its plan's folder name."""
    if kind == "site":
        return "plansite.yaml"
    if kind == "plan":
        return f"content/plans/{slug}/plan.md"
    if kind in _BESIDE_PLANS:
        return f"content/{_BESIDE_PLANS[kind]}/{slug}.md"
    return f"content/plans/{plan}/{_IN_PLAN[kind]}/{slug}.md"
