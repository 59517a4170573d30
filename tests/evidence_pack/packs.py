"""A site of several plans to make packs of, and packs made of it in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from plansite.evidence_pack.pack_build import BuiltPack, PackRequest, build_pack
from plansite.evidence_pack.selection import PackKind, PackSubject
from plansite.model.status import Audience
from plansite.site.evidence_pack.period import PackPeriod
from tests.sites import FixedClock, write

DAY = date(2025, 1, 20)
CLOCK = FixedClock(DAY)

FILES: dict[str, str | bytes] = {
    "plansite.yaml": "title: Test site\ncontact: lead@example.org\nrepository: https://example.org/repo\n",
    "content/owners/falls-lead.md": "---\ntitle: Falls Lead\n---\nOwnerwords\n",
    "content/plans/falls/plan.md": (
        "---\ntitle: Falls plan\nowner: Falls Lead\nobjective: Nobody falls on the stairs\nreview_every: 2 weeks\n"
        "start: 2025-01-01\ngoals: [{key: stairs, title: Safe stairs, measure: falls}, {key: other, title: Othergoal}]\n"
        "protocol: [{agency: Council, agreed: 2025-01-02}]\n---\nPurposewords of the plan.\n"
    ),
    "content/plans/falls/actions/runner.md": (
        "---\ntitle: Fix the stair runner\nref: 1\nowner: Falls Lead\ngoal: stairs\ncreated: 2025-01-02\ndue: 2025-01-31\n"
        "due_history: [{due: 2025-01-10, moved: 2025-01-08, reason: Carpenter ill}]\n"
        "evidence: [{label: Photo, url: evidence/runner.txt, date: 2025-01-12}, "
        "{label: Audit, url: 'https://audit.example.org/1'}]\n"
        "requirement: {level: must, regulation: HSCA 2014/12}\n"
        "depends_on: [2, winter/heater]\n---\nWhy words.\n\n## Steps\n- [x] Order\n- [ ] Fit\n\n## Progress\n"
        "- 2025-01-05 (Falls Lead): Januarynote\n- 2024-12-20 (Falls Lead): Decembernote\n"
    ),
    "content/plans/falls/actions/lights.md": (
        "---\ntitle: New lights\nref: 2\nowner: Cook\ngoal: other\ndue: 2025-01-15\n---\n"
        "See [the heater](../../winter/actions/heater.md) and [the runner](runner.md).\n"
    ),
    "content/plans/falls/evidence/runner.txt": "Evidencebytes\n",
    "content/plans/falls/evidence/unlinked.txt": "Unlinkedbytes\n",
    "content/plans/falls/incidents/stairs.md": (
        "---\ntitle: A fall on the stairs\ndate: 2024-12-18\nfindings: [{text: A raised edge, "
        "actions: [1, winter/grit]}]\nstandards: [Safe environments]\n---\nWhat happened.\n"
    ),
    "content/plans/falls/incidents/cellar.md": "---\ntitle: Cellar incident\ndate: 2024-12-19\n---\nCellarwords\n",
    "content/plans/falls/measures/falls.md": (
        "---\ntitle: Falls each month\ndirection: down\nstandards: [safe environments]\n---\n"
    ),
    "content/plans/falls/measures/falls.csv": "date,value\n2024-11-01,4\n2024-12-01,3\n",
    "content/plans/falls/measures/noise.md": "---\ntitle: Noisemeasure\n---\n",
    "content/plans/falls/reviews/2025-01-09.md": (
        "---\ntitle: January review\npresent: [Falls Lead]\n---\nWe looked at [the runner](../actions/runner.md).\n"
    ),
    "content/plans/falls/reviews/2025-01-16.md": "---\ntitle: Second review\npresent: [Cook]\n---\nSecondminutes.\n",
    "content/plans/winter/plan.md": "---\ntitle: Winter plan\nowner: Winterowner\n---\nWinterpurpose.\n",
    "content/plans/winter/actions/heater.md": (
        "---\ntitle: Mend the heatersecret\nowner: Heaterowner\ndue: 2025-01-10\n---\nHeaterbody.\n"
    ),
    "content/plans/winter/actions/grit.md": "---\ntitle: Grit the path\nowner: Cook\ndue: 2025-02-10\n---\n",
    "content/plans/private/plan.md": "---\ntitle: Privateplan\nkind: counselling\n---\n",
    "content/plans/private/actions/talk.md": "---\ntitle: Privateaction\n---\n",
}


def subject_of(kind: PackKind | str, *names: str) -> PackSubject:
    """What a pack is about."""
    return PackSubject(kind=PackKind(kind), names=names)


def built_pack(
    root: Path,
    kind: str,
    *names: str,
    audience: Audience | None = None,
    period: PackPeriod = PackPeriod(),  # noqa: B008  (a frozen value)
) -> BuiltPack:
    """A pack of the site in a folder, on a fixed day."""
    request = PackRequest(root=root, subject=subject_of(kind, *names), audience=audience, period=period)
    return build_pack(request, CLOCK)


def bytes_of(pack: BuiltPack) -> dict[str, bytes]:
    """The files of a pack by their paths."""
    return {path: content if isinstance(content, bytes) else content.read() for path, content in pack.files.items()}


def pages_of(pack: BuiltPack) -> dict[str, str]:
    """The pages of a pack as text."""
    return {path: content.decode() for path, content in bytes_of(pack).items() if path.endswith(".html")}


def sample_site(root: Path, without: Sequence[str] = (), **more: str) -> Path:
    """The site above, without some of its files, and with others (`a__b` stands for `a/b`)."""
    files = {path: text for path, text in FILES.items() if path not in without}
    return write(root, files | {path.replace("__", "/") + ".md": text for path, text in more.items()})
