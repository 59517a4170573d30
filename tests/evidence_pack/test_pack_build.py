"""A pack holds what belongs to its subject, and no word of anything else; the same files give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from plansite.evidence_pack.archive import write_pack
from plansite.evidence_pack.html_tokens import resolve_address, split_html, strip_tags
from plansite.evidence_pack.pack_build import BuiltPack
from plansite.evidence_pack.plan_selection import NothingSelectedError
from plansite.model.status import Audience
from plansite.pipeline.refusals import UnclearMarkError
from plansite.site.evidence_pack.period import PackPeriod
from tests.evidence_pack.packs import built_pack, bytes_of, pages_of, sample_site


def _texts_of(pack: BuiltPack) -> str:
    """Everything in a pack as text, the cells of the register too."""
    parts = []
    for path, content in bytes_of(pack).items():
        parts.append(path)
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts.extend(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        else:
            parts.append(content.decode("utf-8", "replace"))
    return "\n".join(parts)


def test_a_pack_of_a_plan(tmp_path: Path) -> None:
    """It has the pages of the plan and its documents, the linked evidence and no other, and the register."""
    pack = built_pack(sample_site(tmp_path), "plan", "falls")
    paths = set(pack.files)
    assert {
        "index.html",
        "pack.html",
        "evidence.html",
        "words.html",
        "register.xlsx",
        "README.txt",
        "static/site.css",
        "files/plans/falls/evidence/runner.txt",
        "plans/falls/index.html",
        "plans/falls/register.html",
        "plans/falls/goals.html",
        "plans/falls/timeline.html",
        "plans/falls/protocol.html",
        "plans/falls/changes.html",
        "plans/falls/actions/runner.html",
        "plans/falls/actions/lights.html",
        "plans/falls/incidents/stairs.html",
        "plans/falls/measures/falls.html",
        "plans/falls/reviews/2025-01-09.html",
        "plans/winter/actions/grit.html",
    } <= paths
    assert not {path for path in paths if path.startswith(("owners/", "agencies/", "data/", "plans/private"))}
    assert not {path for path in paths if path.endswith((".js", "/print.html", "/review-pack.html"))}
    assert "files/plans/falls/evidence/unlinked.txt" not in paths


def test_nothing_of_other_plans(tmp_path: Path) -> None:
    """Of an action elsewhere that others wait for, a pack tells how it stands, and neither its title nor its owner."""
    pack = built_pack(sample_site(tmp_path), "plan", "falls")
    texts = _texts_of(pack)
    for word in ("heatersecret", "Heaterowner", "Heaterbody", "Winterpurpose", "Privateplan", "Privateaction"):
        assert word not in texts, word
    action = pages_of(pack)["plans/falls/actions/runner.html"]
    words = strip_tags(action.partition("<main")[2])
    assert "An action of another plan" in words
    assert "Overdue by 10 days" in words
    assert "Waits for “An action of another plan”, which is overdue." in words or "At risk" in words


def test_an_action_stands_as_on_the_site(tmp_path: Path) -> None:
    """A pack of one incident shows the same course and reason of each action, and the same day of the next review."""
    root = sample_site(tmp_path)
    whole, part = (pages_of(built_pack(root, *asked)) for asked in (("plan", "falls"), ("incident", "stairs")))
    for path in ("plans/falls/actions/runner.html", "plans/winter/actions/grit.html"):
        verdicts = [re.findall(r'<p class="verdict">(.*?)</p>', pages[path])[0] for pages in (whole, part)]
        assert verdicts[1] == verdicts[0].replace("action 2", "“Another action of this plan”")
    incident = "plans/falls/incidents/stairs.html"
    (next_review,) = re.findall(r"Next look</dt><dd>(<time[^>]*>)", whole[incident])
    assert next_review in part[incident]


def test_a_pack_of_an_incident(tmp_path: Path) -> None:
    """It has the incident, the actions that answer it, their measures and the reviews that mention them, nothing else."""
    pack = built_pack(sample_site(tmp_path), "incident", "stairs")
    pages = {path for path in pack.files if path.startswith("plans/")}
    assert pages == {
        "plans/falls/actions/runner.html",
        "plans/falls/changes.html",
        "plans/falls/incidents/stairs.html",
        "plans/falls/measures/falls.html",
        "plans/falls/reviews/2025-01-09.html",
        "plans/winter/actions/grit.html",
        "plans/winter/changes.html",
    }
    texts = _texts_of(pack)
    for word in ("New lights", "Cellar", "Noisemeasure", "Second review", "Secondminutes", "Purposewords", "Othergoal"):
        assert word not in texts, word
    assert "Another action of this plan" in texts


def test_a_pack_of_a_regulation(tmp_path: Path) -> None:
    """It has what names the regulation, with the head of its plan; reviews are not among it."""
    pack = built_pack(sample_site(tmp_path), "regulation", "hsca-2014/12")
    pages = {path for path in pack.files if path.startswith("plans/")}
    assert pages == {
        "plans/falls/actions/runner.html",
        "plans/falls/changes.html",
        "plans/falls/measures/falls.html",
    }
    assert "Nobody falls on the stairs" in pages_of(pack)["index.html"]
    assert pack.manifest.names == ("hsca-2014/12",)


@pytest.mark.parametrize("asked", [("plan", "falls"), ("incident", "stairs"), ("regulation", "Safe environments")])
def test_no_link_leads_out(tmp_path: Path, asked: tuple[str, str]) -> None:
    """Every link, picture and style sheet is in the pack, with the place on the page; nothing else is asked for."""
    pack = built_pack(sample_site(tmp_path), *asked)
    pages = pages_of(pack)
    ids = {path: {token.find("id") for token in split_html(text)} for path, text in pages.items()}
    seen = 0
    for path, text in pages.items():
        for token in split_html(text):
            assert token.name not in ("script", "form", "iframe")
            for attribute in ("href", "src", "data", "poster", "action"):
                if token.find(attribute):
                    place = resolve_address(token.find(attribute), path)
                    assert place.path in pack.files, (path, token.text)
                    assert not place.fragment or place.fragment in ids[str(place.path)], (path, token.text)
                    seen += 1
    assert seen > 100
    assert "https://audit.example.org/1" in pages["evidence.html"]
    assert "example.org/repo" not in "".join(pages.values())


def test_everything_is_on_one_page(tmp_path: Path) -> None:
    """The words of the cover and of all documents are on the one page, in reading order, and each id once."""
    pages = pages_of(built_pack(sample_site(tmp_path), "plan", "falls"))
    one_page = pages["pack.html"]
    words = strip_tags(one_page.partition("<main")[2].partition("</main>")[0])
    place = 0
    for path in (
        "index.html",
        "plans/falls/goals.html",
        "plans/falls/protocol.html",
        "plans/falls/changes.html",
        "plans/falls/actions/runner.html",
        "plans/falls/actions/lights.html",
        "plans/winter/actions/grit.html",
        "evidence.html",
        "plans/falls/incidents/stairs.html",
        "plans/falls/measures/falls.html",
        "plans/falls/reviews/2025-01-09.html",
    ):
        main = pages[path].partition("<main")[2].partition(">")[2].partition("</main>")[0]
        main = re.sub(r"<nav.*?</nav>", "", main, flags=re.DOTALL)
        place = words.find(strip_tags(main), place)
        assert place >= 0, path
    ids = [token.find("id") for token in split_html(one_page) if token.find("id")]
    assert len(ids) == len(set(ids))


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    """Two packs of the same site on the same day are equal byte for byte, the archive too."""
    root = sample_site(tmp_path / "site")
    archives = []
    for name in ("a.zip", "b.zip"):
        pack = built_pack(root, "incident", "stairs")
        write_pack(tmp_path / name, pack.files, pack.manifest)
        archives.append((tmp_path / name).read_bytes())
    assert archives[0] == archives[1]


PERIOD = PackPeriod(date(2025, 1, 1), date(2025, 1, 10))


def test_a_period(tmp_path: Path) -> None:
    """Notes, changes and minutes are those of the period, all actions remain, and pages say what is left out."""
    pack = built_pack(sample_site(tmp_path), "plan", "falls", period=PERIOD)
    pages = pages_of(pack)
    action = strip_tags(pages["plans/falls/actions/runner.html"])
    assert "Januarynote" in action
    assert "Decembernote" not in _texts_of(pack)
    assert "1 note outside the period of this pack (1 January 2025 to 10 January 2025) not shown." in action
    assert "No news yet" not in action
    assert "plans/falls/reviews/2025-01-09.html" in pages
    assert "plans/falls/reviews/2025-01-16.html" not in pages
    assert "Secondminutes" not in _texts_of(pack)
    assert "plans/falls/actions/lights.html" in pages
    cover = strip_tags(pages["index.html"])
    assert "1 January 2025 to 10 January 2025" in cover
    assert "All actions are here" in cover
    assert (pack.manifest.first, pack.manifest.last) == ("2025-01-01", "2025-01-10")


def test_what_changed_and_why(tmp_path: Path) -> None:
    """The page of changes has each change of the files with its day, and a move of a date with its reason."""
    changes = strip_tags(pages_of(built_pack(sample_site(tmp_path), "plan", "falls"))["plans/falls/changes.html"])
    assert "Due moved from 10 January to 31 January 2025: Carpenter ill" in changes
    assert "Falls Lead noted: Decembernote" in changes


def test_a_plan_that_readers_may_not_see(tmp_path: Path) -> None:
    """It is not packed for them, and the message says why; for those who may see it, it is."""
    root = sample_site(tmp_path)
    with pytest.raises(NothingSelectedError, match="“private” is not for partners;"):
        built_pack(root, "plan", "private", audience=Audience.PARTNERS)
    assert "plans/private/actions/talk.html" in built_pack(root, "plan", "private").files


def test_an_unclear_mark_stops_a_pack_for_fewer(tmp_path: Path) -> None:
    """As in a build: it is not made for partners, and it is for internal readers."""
    root = sample_site(tmp_path, content__plans__winter__actions__x="---\ntitle: X\naudience: staf only\n---\n")
    with pytest.raises(UnclearMarkError):
        built_pack(root, "plan", "falls", audience=Audience.PUBLIC)
    assert built_pack(root, "plan", "falls").files


def test_the_audience_is_said(tmp_path: Path) -> None:
    """The cover, the README and the manifest say for whom a pack is; a narrower one that it does not have all."""
    (tmp_path / "site").mkdir()
    root = sample_site(tmp_path / "site")
    (root / "plansite.yaml").write_text("title: Test site\naudience: public\n", "utf-8")
    pack = built_pack(root, "plan", "falls")
    assert pack.manifest.audience == "public"
    cover = strip_tags(pages_of(pack)["index.html"])
    assert "For The public" in cover
    assert "What other readers alone may see is not in this pack." in cover
    assert "For: the public" in bytes_of(pack)["README.txt"].decode()


def test_files_that_could_not_be_read(tmp_path: Path) -> None:
    """The cover of a pack for internal readers names them; nobody else is told."""
    root = sample_site(tmp_path, content__plans__falls__actions__broken="---\ntitle: [\n---\n")
    for asked in (("plan", "falls"), ("incident", "stairs")):
        cover = strip_tags(pages_of(built_pack(root, *asked))["index.html"])
        assert "1 file of these plans could not be read, so something may be missing" in cover
        assert "content/plans/falls/actions/broken.md" in cover
