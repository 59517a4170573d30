"""The briefing: one sheet with what happened, what was found, what changes and what to do elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.components.content_links import LinkResolver
from plansite.site.incidents.briefing import BriefingView
from plansite.site.incidents.incident import build_incident_pages
from tests.sites import write

TODAY = date(2025, 1, 20)
DONE = "---\ntitle: Refit the runner\nref: 1\nstatus: completed\ncompleted: 2025-01-09\nowner: Maintenance\n---\n"


def _briefings(root: Path, text: str, **actions: str) -> list[BriefingView]:
    files = {f"content/plans/p/actions/{slug}.md": action for slug, action in actions.items()}
    plan = "---\ntitle: Fewer falls\n---\n"
    site = load_site(write(root, {"content/plans/p/plan.md": plan, "content/plans/p/incidents/fall.md": text, **files}))
    pages = build_incident_pages(SiteOnDate(site, TODAY), site.plans[0], LinkResolver.from_site(site))
    briefings = [page for page in pages if isinstance(page.view, BriefingView)]
    assert all(page.path == "plans/p/briefings/fall.html" for page in briefings)
    return [page.view for page in briefings if isinstance(page.view, BriefingView)]


def test_a_briefing(tmp_path: Path) -> None:
    """In this order; each action once with who and when; services to sign; links lead on from its own folder."""
    (view,) = _briefings(
        tmp_path,
        "---\ntitle: A fall\ndate: 2024-11-18\nseverity: Low harm\nlearning_for: [Lodge, Court]\nfindings:\n"
        "  - {text: A raised edge. Seen that evening., actions: [1, 2]}\n  - {text: No light, actions: [2, 3, 9]}\n"
        "  - {text: No lift, response: {decision: not accepted, reason: Too old}}\n---\n"
        "She fell.\n\nShe is home.\n\n## Learning\nLook at [the runner](../actions/runner.md).\n\n## More\nNothing.\n",
        runner=DONE,
        light="---\ntitle: Mend the light\nref: 2\ndue: 2025-02-01\n---\n",
        gone="---\ntitle: Ask the shop\nref: 3\nstatus: cancelled\nreason: closed\n---\n",
    )
    assert view.happened == ("She fell.", "She is home.")
    assert view.findings == ("A raised edge", "No light", "No lift")
    assert [(it.title.text, it.owner.text, it.words, it.day) for it in view.changes] == [
        ("Refit the runner", "Maintenance", "Done", date(2025, 1, 9)),
        ("Mend the light", "", "Due", date(2025, 2, 1)),
        ("Not accepted: No lift", "", "Too old", None),
    ]
    assert 'href="../actions/runner.html"' in view.to_do
    assert "Nothing." not in view.to_do
    assert view.services == ("Lodge", "Court")
    assert view.incident == "plans/p/incidents/fall.html"


def test_only_what_others_can_learn_from_has_one(tmp_path: Path) -> None:
    """A finding, a reason for none, or learning; a title and a story alone are too little."""
    assert _briefings(tmp_path / "a", "---\ntitle: A fall\n---\nShe fell.\n") == []
    for number, text in enumerate(("no_actions: All was well\n---\n", "---\n## Learning\nLook.\n")):
        assert len(_briefings(tmp_path / str(number), f"---\ntitle: A fall\n{text}")) == 1


def test_a_long_account_is_cut_to_a_sheet(tmp_path: Path) -> None:
    """Whole paragraphs first; of many findings the first seven, and the others are counted."""
    findings = "".join(f"  - {{text: Finding {number}}}\n" for number in range(9))
    story = "\n\n".join(["Words that go on and on. " * 12] * 9)
    (view,) = _briefings(tmp_path, f"---\ntitle: A fall\nfindings:\n{findings}---\n{story}\n")
    assert sum(map(len, view.happened)) <= 700
    assert view.happened[-1].endswith("…")
    assert len(view.findings) == 7
    assert view.more_findings == "2 more findings on the incident’s page."
