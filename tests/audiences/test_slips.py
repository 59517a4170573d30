"""A mark with a typing slip never shows what it should hide, wherever it stands."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from plansite.content.settings import SettingsError, parse_settings
from plansite.content.site_content import parse_site_content
from plansite.content.source_tree import scan_site
from plansite.model.audience.filter import build_audience_filter
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.published_build import BuildRequest, publish_site
from plansite.pipeline.refusals import UnclearMarkError
from tests.audiences.parsed import ParsedFiles
from tests.audiences.slips import CANARY, Place, list_places, make_slips
from tests.sites import FixedClock, write

CLOCK = FixedClock(date(2025, 1, 20))
PLACES = tuple(list_places())
#: A plain run tries every so many-th slip, another one at each place.
_STRIDE = 101
#: A slow run tries every so many-th. Set PLANSITE_SLIPS=1 for all of them.
SLOW_STRIDE = int(os.environ.get("PLANSITE_SLIPS", "11"))
_PLAN_FOLDER = "content/plans/p/"
_SITE = "title: Open\naudience: public\n"


def _is_shown(files: ParsedFiles, place: Place) -> bool:
    return any(CANARY.casefold() in files.seen_by(audience).casefold() for audience in place.hidden_from)


def _list_slips(stride: int = 1) -> Iterator[tuple[Place, str]]:
    yield from itertools.islice(((place, slip) for place in PLACES for slip in make_slips(place.mark)), 0, None, stride)


def _find_shown(slips: Iterator[tuple[Place, str]]) -> tuple[int, list[tuple[str, str]]]:
    """How many slips were tried, and the place and text of each that shows the canary."""
    count, shown = 0, []
    for place, slip in slips:
        count += 1
        if _is_shown(ParsedFiles(place.with_mark(slip)), place):
            shown.append((place.name, slip))
    return count, shown


def test_each_place_hides_its_canary() -> None:
    """Without a slip it is hidden too, and nothing but a mark in a field or a second one is unclear."""
    for place in PLACES:
        assert not _is_shown(ParsedFiles(place.with_mark(place.mark)), place), place.name


def test_each_place_would_show_its_canary() -> None:
    """With an ordinary word in place of the mark it is seen, wherever no other mark hides it as well."""
    shown = [place for place in PLACES if _is_shown(ParsedFiles(place.with_mark("")), place)]
    assert len(shown) > len(PLACES) // 2


def test_no_slip_shows() -> None:
    """A sample of all slips."""
    count, shown = _find_shown(_list_slips(_STRIDE))
    assert count > 2_000
    assert shown == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_slip_shows_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    """A larger sample, or all with PLANSITE_SLIPS=1. `pytest --slow -s` prints how many were tried."""
    count, shown = _find_shown(_list_slips(SLOW_STRIDE))
    with capsys.disabled():
        sys.stdout.write(f"\n{len(shown)} shown of {count:,} slips at {len(PLACES)} places\n")
    assert count > 20_000
    assert shown == []


def _build(root: Path, audience: Audience | None = None) -> dict[str, bytes]:
    files = build_in_memory(root, clock=CLOCK, audience=audience).files
    return {path: content if isinstance(content, bytes) else content.read() for path, content in files.items()}


def _has_canary(files: Mapping[str, bytes]) -> list[str]:
    return [path for path, data in files.items() if b"canary" in data.lower() or "canary" in path.lower()]


def _check_whole_builds(root: Path, slips: Sequence[tuple[Place, str]]) -> None:
    """No byte of any copy has the canary; one for others is refused if a mark is unclear, unless it is lenient.

    Each place but the first has a plan of its own, so all of them lie in the plan alone and are hidden from the same.
    """
    sites = [place.with_mark(slip) for place, slip in slips]
    for number, files in enumerate(sites):
        folder = f"content/plans/p{number or ''}/"
        write(
            root, {"plansite.yaml": _SITE, **{path.replace(_PLAN_FOLDER, folder): text for path, text in files.items()}}
        )
    unclear = {f"p{number or ''}" for number, files in enumerate(sites) if not ParsedFiles(files).are_clear}
    for audience in slips[0][0].hidden_from:
        out = root.parent / f"{root.name}-{audience}"
        if unclear:
            with pytest.raises(UnclearMarkError) as refused:
                _publish(root, out, audience, is_lenient=False)
            assert not out.exists()
            if len(slips) > 1:
                assert {finding.path.split("/")[2] for finding in refused.value.findings} == unclear, slips
        _publish(root, out, audience, is_lenient=True)
        published = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        assert published
        assert _has_canary(published) == [], slips


def _publish(root: Path, out: Path, audience: Audience, *, is_lenient: bool) -> None:
    request = BuildRequest(root=root, out=out, audience=audience, is_lenient=is_lenient)
    publish_site(request, CLOCK, on_start=lambda: None)


@pytest.mark.parametrize("number", range(0, len(PLACES), 97))
def test_no_slip_is_in_a_byte_of_the_site(tmp_path: Path, number: int) -> None:
    """A slip at some of the places, in whole builds."""
    slips = make_slips(PLACES[number].mark)
    _check_whole_builds(tmp_path / "site", [(PLACES[number], slips[number % len(slips)])])


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(7))
def test_no_slip_is_in_a_byte_of_many_sites(tmp_path: Path, first: int) -> None:
    """The same at every fourth place. Those in a plan alone are tried eight at once, each in a plan of its own."""
    groups: dict[object, list[tuple[Place, str]]] = {}
    for number in range(4 * first, len(PLACES), 28):
        place, slips = PLACES[number], make_slips(PLACES[number].mark)
        in_plan = all(path.startswith(_PLAN_FOLDER) for path in (place.path, *place.others))
        groups.setdefault(place.hidden_from if in_plan else number, []).append(
            (place, slips[(number * 37) % len(slips)])
        )
    for number, (_, slipped) in enumerate(groups.items()):
        for at in range(0, len(slipped), 8):
            _check_whole_builds(tmp_path / f"site-{number}-{at}", slipped[at : at + 8])


@pytest.mark.parametrize("mark", ["audience: public", "audience: partners", "audience: internal"])
def test_no_slip_in_the_settings_widens_the_site(mark: str) -> None:
    """Either nothing can be built, or the site is for those whom it was for."""
    meant = mark.removeprefix("audience: ")
    for before, slip in itertools.product(("title: Open\n", "", "audiences: [internal, public]\n"), make_slips(mark)):
        try:
            settings, _ = parse_settings(f"{before}{slip}\nformat: 1\n".encode())
        except SettingsError:
            continue
        assert settings.audience == meant, slip


_HIDDEN_PERSON = "---\ntitle: Ms Canary\naudience: internal\n---\nCanary.\n"


def _list_names(folder: str, name: str, ending: str) -> Iterator[str]:
    for each in make_slips(folder):
        yield f"content/{each}/{name}{ending}"
    for each in make_slips(ending):
        yield f"content/{folder}/{name}{each}"
    for each in make_slips(name):
        yield f"content/{folder}/{each}{ending}"
    yield from (f"content/{name}{ending}", f"content/plans/{name}{ending}", f"content/plans/p/{name}{ending}")
    yield from (f"content/plans/p/{folder}/{name}{ending}", f"content/{folder}/north/{name}{ending}")
    yield from (
        f"content/{folder}/{name}{other}"
        for other in (".txt", ".text", ".md.txt", ".rst", ".html", ".yaml", "", ".mkd")
    )


@pytest.mark.parametrize("folder", ["owners", "agencies"])
def test_a_person_in_the_wrong_place_is_not_named(tmp_path: Path, folder: str) -> None:
    """Whatever slip there is in the folder, the name or the ending of the file; it is told unless it is understood."""
    count = 0
    for number, path in enumerate(_list_names(folder, "somebody", ".md")):
        if any(part.strip(".") == "" or part.startswith(".") or len(part) > 80 for part in path.split("/")):
            continue
        root = tmp_path / str(number)
        tree = scan_site(
            write(
                root, {"plansite.yaml": _SITE, "content/plans/p/plan.md": "---\ntitle: P\n---\n", path: _HIDDEN_PERSON}
            )
        )
        content = parse_site_content(tree)
        hidden = build_audience_filter(
            tree.settings, content.front_page, content.owners, content.agencies, content.unreadable, Audience.PUBLIC,
            content.stray_people,
        ).hidden_names  # fmt: skip
        assert hidden.matches("Ms Canary"), path
        is_understood = bool(content.owners or content.agencies)
        assert is_understood or any(finding.rule.stops_narrower_build for finding in content.findings), path
        count += 1
    assert count > 200


@pytest.mark.parametrize(
    "slip",
    [slip for slip in make_slips("plan.md") if "/" not in slip and slip.strip(". \n\u200b\u2009\u00a0\u3000")][::5],
)
def test_a_plan_file_with_a_slip_in_its_name_hides(tmp_path: Path, slip: str) -> None:
    """Also where the settings declare the plan, whose actions are in a folder that others laid out."""
    files = {
        "plansite.yaml": f"{_SITE}sources: [{{path: theirs, plan: hr}}]\n",
        f"content/plans/hr/{slip}": "---\ntitle: HR\naudience: internal\n---\n",
        "theirs/a.md": "---\ntitle: Canary\n---\n",
    }
    if not slip.startswith("."):
        assert _has_canary(_build(write(tmp_path, files))) == []


@pytest.mark.parametrize("folder", ["theris", "theis", "theirss", "Thirs", "teirs", "theirs-"])
def test_a_plan_folder_with_a_slip_in_its_name_hides(tmp_path: Path, folder: str) -> None:
    """Where the settings declare the plan, a folder with nothing but a plan file may be meant for it."""
    files = {
        "plansite.yaml": f"{_SITE}sources: [{{path: elsewhere, plan: theirs}}]\n",
        f"content/plans/{folder}/plan.md": "---\ntitle: Theirs\naudience: internal\n---\n",
        "elsewhere/a.md": "---\ntitle: Canary\n---\n",
    }
    built = build_in_memory(write(tmp_path, files), clock=CLOCK, audience=Audience.PUBLIC)
    assert not any(isinstance(content, bytes) and b"Canary" in content for content in built.files.values())
    assert any(finding.rule.stops_narrower_build for finding in built.findings)


_EXTERNAL = (
    f"{_SITE}sources: [{{path: theirs, plan: t, fields: {{audience: readers}}, goals: {{path: goals, key: id}}}}]\n"
)


@pytest.mark.parametrize(
    "files",
    [
        {"theirs/a.md": "---\ntitle: Canary\nreadres: internal\n---\n"},
        {"theirs/a.md": "---\ntitle: Canary\nreaders: intrnal\n---\n"},
        {"theirs/a.md": "---\ntitle: Canary\nreaders: internal\nreaders: public\n---\n"},
        {"theirs/a.md": "---\ntitle: Canary\naudience: internal\n---\n"},
        {"theirs/a.md": "---\ntitle: Canary\n  readers internal\n---\n"},
        {"goals/g.md": "---\nid: g\ntitle: Canary\naudience: internal\n---\n", "theirs/a.md": "---\ntitle: A\n---\n"},
        {"goals/g.md": "---\nid: g\ntitle: Canary\naudiance: internal\n---\n", "theirs/a.md": "---\ntitle: A\n---\n"},
        {"goals/g.md": "---\nid: g\ntitle: x ::: internal Canary :::\n---\n", "theirs/a.md": "---\ntitle: A\n---\n"},
    ],
)
def test_external_files_hide_as_well(tmp_path: Path, files: dict[str, str]) -> None:
    """Under the name that the settings give their field, and in the files of goals."""
    root = write(tmp_path, {"plansite.yaml": _EXTERNAL, **files})
    assert _has_canary(_build(root)) == []


@pytest.mark.parametrize("mapping", ["audiance: readers", "audience:readers", "Audience: readers"])
def test_a_slip_in_the_mapping_of_fields_stops(mapping: str) -> None:
    """Else no mark in external files would count."""
    with pytest.raises(SettingsError):
        parse_settings(f"{_SITE}sources: [{{path: theirs, plan: t, fields: {{{mapping}}}}}]\n".encode())


_PLAN_FILE, _ACTION_FILE = "content/plans/p/plan.md", "content/plans/p/actions/a.md"
_NAMES_CANARY = "---\ntitle: A\nowner: Ms Canary\nsupporters: [Canary]\n---\n"


@pytest.mark.parametrize(
    "files",
    [
        {_ACTION_FILE: "---\ntitle: A\nevidence: [{label: Canary, audience:internal}]\n---\n"},
        {_ACTION_FILE: "---\ntitle: Canary\naudience: public\naudience: internal\n---\n"},
        {_ACTION_FILE: "---\ntitle: A\nevidence: [{label: Canary, audience: public, audience: internal}]\n---\n"},
        {_ACTION_FILE: '---\ntitle: A\nresources: "::: staff Canary"\n---\n'},
        {_ACTION_FILE: '---\ntitle: A\nresources: ":: internal Canary"\n---\n'},
        {_ACTION_FILE: '---\ntitle: A\nresources: "Open ：：： internal Canary"\n---\n'},
        {_ACTION_FILE: '---\ntitle: A\nsource: "Open ::: internal Canary"\n---\n'},
        {_ACTION_FILE: '---\ntitle: A\nstatus: "done ::: internal Canary"\n---\n'},
        {_ACTION_FILE: "---\ntitle: A\ntags: ['::: internal', Canary, ':::']\n---\n"},
        {_ACTION_FILE: "---\ntitle: A\n::: internal\nresources: Canary\n:::\n---\n"},
        {_ACTION_FILE: "---\ntitle: A\n---\n:: internal Canary ::\n"},
        {_ACTION_FILE: "---\ntitle: A\n---\nCanary ::: staff\nCanary\n:::\n"},
        {_ACTION_FILE: "---\ntitle: A\n---\nsomething internal\nCanary\n:::\n"},
        {_ACTION_FILE: "---\ntitle: A\n---\n::: partners x ::: internal Canary :::\n"},
        {_ACTION_FILE: "---\ntitle: A\nevidence:\n- label: Canary\n- audience: internal\n---\n"},
        {_ACTION_FILE: "---\ntitle: Canary\nreason:\n audience: internal\n---\n"},
        {_ACTION_FILE: "---\ntitle: Canary\nverification:\n by: A\n audience: internal\n---\n"},
        {_ACTION_FILE: "---\ntitle: Canary\ntags:\n- a\n- audience: internal\n---\n"},
        {_ACTION_FILE: "---\ntitle: Canary\nallow: [{rule: r, reason: r, audience: internal}]\n---\n"},
        {_ACTION_FILE: "---\n{title: Canary, audience internal}\n---\n"},
        {_PLAN_FILE: "---\ntitle: Canary\nknid: counselling\n---\n"},
        {_PLAN_FILE: "---\ntitle: Canary\nkind: general\nkind: counselling\n---\n"},
        {_PLAN_FILE: "---\ntitle: Canary\nkind: counselor\n---\n"},
        {_PLAN_FILE: "---\ntitle: Canary\n kind:counselling\n---\n"},
        {_PLAN_FILE: "---\ntitle: Canary\nowner:\n kind: counselling\n---\n"},
        {"content/onwers/canary.md": _HIDDEN_PERSON, _ACTION_FILE: _NAMES_CANARY},
        {"content/canary.md": _HIDDEN_PERSON, _ACTION_FILE: _NAMES_CANARY},
        {"content/owners/canary.txt": _HIDDEN_PERSON, _ACTION_FILE: _NAMES_CANARY},
        {"content/plans/p/owners/canary.md": _HIDDEN_PERSON, _ACTION_FILE: _NAMES_CANARY},
        {"content/plans/p/actions/note.txt": "---\ntitle: Canary\naudience: internal\n---\n", _ACTION_FILE: "---\ntitle: A\n---\n[x](note.txt)\n"},
        {
            "content/plans/p/measures/m.mdd": "---\ntitle: M\naudience: internal\n---\n",
            "content/plans/p/measures/m.csv": "date,value\nCanary,1\n",
            _PLAN_FILE: "---\ntitle: P\n---\n[x](measures/m.csv)\n",
        },
    ],
)  # fmt: skip
def test_a_slip_that_would_show(tmp_path: Path, files: dict[str, str]) -> None:
    """Each is hidden, stops the build, and is told."""
    root = write(tmp_path / "site", {"plansite.yaml": _SITE, _PLAN_FILE: "---\ntitle: P\n---\n", **files})
    for audience in (Audience.PARTNERS, Audience.PUBLIC):
        out = tmp_path / audience
        with pytest.raises(UnclearMarkError) as refused:
            _publish(root, out, audience, is_lenient=False)
        assert all(finding.path in files and finding.remedy for finding in refused.value.findings)
        readers = "partners" if audience is Audience.PARTNERS else "the public"
        assert refused.value.summary.startswith(f"Nothing is published for {readers}: ")
        _publish(root, out, audience, is_lenient=True)
        published = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        assert _has_canary(published) == []


def test_a_table_beside_a_broken_measure_is_hidden(tmp_path: Path) -> None:
    """Its file might mark it."""
    files = {
        "plansite.yaml": _SITE,
        _PLAN_FILE: "---\ntitle: P\n---\n[x](measures/m.csv)\n",
        "content/plans/p/measures/m.md": "---\ntitle: [\naudience: internal\n---\n",
        "content/plans/p/measures/m.csv": "date,value\nCanary,1\n",
    }
    root = write(tmp_path, files)
    assert _has_canary(_build(root, Audience.PUBLIC)) == []
    assert _has_canary(_build(root, Audience.INTERNAL))


@pytest.mark.parametrize(
    "files",
    [
        {_ACTION_FILE: "---\ntitle: Tell the public\n---\nThe public: a survey. Note: internal audit at 10:30, see https://e.org/a::b :staff:\n"},
        {_ACTION_FILE: "---\ntitle: A\nresources: 'Staff: two days, 10:30 internal meeting'\nsource: {kind: internal, ref: 'public: 2'}\n---\n"},
        {_ACTION_FILE: "---\ntitle: A\naudience:\nreason:\n---\nPartners:\n- Council\n\n| a | b |\n|:-:|:--|\n| 1 | 2 |\n"},
        {"content/plans/p/reviews/2025-01-01.md": "---\ntitle: R\nkind: monthly review\n---\n"},
        {"content/plans/p/measures/m.md": "---\ntitle: M\nkind: outcome\nsource: Log\n---\n"},
        {_PLAN_FILE: "---\ntitle: P\nkind: counseling\naudience: public\n---\n"},
        {"content/owners/a.md": "---\ntitle: A\naudience: internal\n---\n", "content/owners/a.md~": "---\ntitle: A\naudience: internal\n---\n"},
        {"content/notes.txt": "The audience: internal and external staff\n", "content/data.yaml": "---\na: b\n"},
    ],
)  # fmt: skip
def test_ordinary_files_are_published(tmp_path: Path, files: dict[str, str]) -> None:
    """Prose with colons, other fields `kind`, an audience that is left out, copies that an editor leaves."""
    root = write(tmp_path / "site", {"plansite.yaml": _SITE, _PLAN_FILE: "---\ntitle: P\n---\n", **files})
    _publish(root, tmp_path / "out", Audience.PUBLIC, is_lenient=False)


def test_the_demonstration_has_no_unclear_mark(request: pytest.FixtureRequest) -> None:
    """It is published for everybody."""
    for audience in (Audience.PARTNERS, Audience.PUBLIC):
        files = build_in_memory(request.config.rootpath, clock=FixedClock(), audience=audience)
        assert not [finding for finding in files.findings if finding.rule.stops_narrower_build]
