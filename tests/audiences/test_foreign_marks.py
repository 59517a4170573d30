"""Marks in the words of other programs, or in the wrong part of a file, hide and stop a build for fewer readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.settings import SettingsError, parse_settings
from plansite.model.audience.foreign_marks import is_tag, is_text_field
from plansite.model.audience.mark_grammar import is_passage_mark
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.audiences.parsed import ParsedFiles
from tests.sites import FixedClock, write

_PLAN, _ACTION, _OWNER = "content/plans/p/plan.md", "content/plans/p/actions/a.md", "content/owners/x.md"
_OPEN_PLAN = "---\ntitle: Open\n---\nOpen.\n"


def _shows(files: dict[str, str]) -> list[Audience]:
    parsed = ParsedFiles({_PLAN: _OPEN_PLAN, **files})
    return [each for each in (Audience.PARTNERS, Audience.PUBLIC) if "canary" in parsed.seen_by(each).casefold()]


def _is_clear(files: dict[str, str]) -> bool:
    return ParsedFiles({_PLAN: _OPEN_PLAN, **files}).are_clear


_FIELDS = (
    "visibility: internal", "visible_to: internal", "visibleTo: staff", "access: staff", "access: Internal only",
    "private: true", "private: yes", "isPrivate: true", "is_private: on", "confidential: yes", "strictly_confidential: x",
    "restricted: true", "hidden: 1", "secret: true", "draft: true", "published: false", "publish: no", "public: false",
    "not_public: true", "internal_only: yes", "internal-only:", "internal: true", "noindex: true", "unlisted: true",
    "hide: true", "hide_from: public", "hide_from_public: yes", "exclude: public", "not_for: public", "share: no",
    "shared_with: internal", "readers: partners", "viewers: staff", "permissions: managers", "who can see: internal",
    "for: internal", "scope: internal", "type: Internal", "level: internal only", "marking: confidential",
    "classification: OFFICIAL-SENSITIVE", "privacy: private", "security: restricted", "audiences: [internal]",
    "audiences:\n- internal\n- partners", "audience_level: internal", "target audience: partners",
    "meta: {visibility: internal}", "meta:\n  private: true", "privacy: {level: internal}", "x: [{readers: staff}]",
    "visibility: none", "access: denied", "Visible to: care staff", "visibility: senior staff only", "public: never", "share: never",
    "visibility: not public", "dont_publish: yes", "no_public: true", "not for publication: yes", "Don't share: yes", "protective marking: OFFICIAL-SENSITIVE",
    "cynulleidfa: mewnol", "preifat: ie", "visibility: |\n  internal", "VISIBILITY: INTERNAL",
)  # fmt: skip


@pytest.mark.parametrize("field", _FIELDS)
def test_a_foreign_field_hides(field: str) -> None:
    """At the top of a file, of an action, a plan and an owner whose name is then hidden, too."""
    text = f"---\ntitle: Ms Canary\n{field}\n---\nCanary.\n"
    named = "---\ntitle: A\nsupporters: [Ms Canary]\n---\n"
    for files in ({_ACTION: text}, {_PLAN: text}, {_OWNER: text, _ACTION: named}, {"content/index.md": text}):
        assert _shows(files) == []
        assert not _is_clear(files)


@pytest.mark.parametrize("field", ["private: true", "visibility: internal", "audiences: [internal]"])
def test_a_foreign_field_in_an_entry_hides_it(field: str) -> None:
    """The entry alone."""
    action = f"---\ntitle: Open\nevidence: [{{label: Canary, {field}}}, {{label: Other}}]\n---\n"
    assert _shows({_ACTION: action}) == []
    assert not _is_clear({_ACTION: action})
    assert "Other" in ParsedFiles({_PLAN: _OPEN_PLAN, _ACTION: action}).seen_by(Audience.PUBLIC)


@pytest.mark.parametrize("field", ["visibility: internal", "private: true"])
def test_an_entry_that_is_nothing_but_a_foreign_field_hides_the_file(field: str) -> None:
    """It was meant for the entry above, or for the file."""
    action = f"---\ntitle: Canary\nevidence:\n- label: Canary\n- {field}\n---\n"
    assert _shows({_ACTION: action}) == []
    assert not _is_clear({_ACTION: action})


@pytest.mark.parametrize(
    "field",
    [
        "private: no", "draft: false", "hidden: false", "public: true", "published: yes", "shared: yes", "draft: second",
        "published: 2025-01-01", "publish: 2025-01-01", "private_room: yes", "public_transport: yes", "shared_room: yes",
        "funding: private", "labels: [internal]", "category: confidential", "rooms: {private: yes, shared: no}", "sector: public", "type: internal audit", "access: level access", "access: staff entrance",
        "team: falls", "group: staff", "for: residents", "target_audience: families and residents", "audience_size: 30",
        "staff: 3", "partners: [Council, NHS]", "security: alarm fitted", "permission: given by family", "readers: 12", "visibility: public", "access: everyone", "shared_with: all", "no_smoking: yes", "never: again", "access: all areas", "care: yes", "not: sure",
        "restricted_items: yes", "sensitive_skin: yes", "confidentiality: agreed", "privacy: curtains", "note: internal doors",
    ],
)  # fmt: skip
def test_other_unknown_fields_hide_nothing(field: str) -> None:
    """A wrong stop costs trust as well."""
    action = f"---\ntitle: Canary\n{field}\n---\nOpen.\n"
    assert _is_clear({_ACTION: action})
    assert _shows({_ACTION: action})


@pytest.mark.parametrize(
    "field", ["type: counselling", "plan_type: integrated", "category: Counselling", "Kind of plan: counseling"]
)
def test_a_kind_by_another_name_hides_the_plan(field: str) -> None:
    """What a plan offers is no kind."""
    plan = f"---\ntitle: Canary\n{field}\n---\nCanary\n"
    assert _shows({_PLAN: plan}) == []
    assert not _is_clear({_PLAN: plan})
    assert _is_clear({_PLAN: "---\ntitle: Canary\noffers: counselling\ntype: monthly\n---\n"})


def test_a_foreign_field_in_the_settings_stops() -> None:
    """Else all could be published for others than meant."""
    with pytest.raises(SettingsError):
        parse_settings(b"title: T\nvisibility: internal\n")


@pytest.mark.parametrize(
    "field",
    [
        "visibility: internal",
        "private: true",
        "scope: internal only",
        "vis: [internal]",
        "access:\n  - staff",
        "meta: {private: true}",
        "x: {audience: internal}",
    ],
)
@pytest.mark.parametrize("mapping", ["", ", fields: {audience: readers}"])
def test_a_foreign_field_in_an_external_file_hides(tmp_path: Path, field: str, mapping: str) -> None:
    """Whether or not the settings name a field for the audience."""
    files = {
        "plansite.yaml": f"title: Open\naudience: public\nsources: [{{path: theirs, plan: t{mapping}}}]\n",
        "theirs/a.md": f"---\ntitle: Canary\n{field}\n---\n",
        "theirs/b.md": "---\ntitle: Other\nfunding: private\ndraft: false\n---\n",
        "theirs/c.md": "---\ntitle: Canary\n---\naudience: internal\n",
    }
    built = build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20)), audience=Audience.PUBLIC)
    pages = [content for content in built.files.values() if isinstance(content, bytes)]
    assert not any(b"Canary" in content for content in pages)
    assert any(b"Other" in content for content in pages)
    assert len({finding.path for finding in built.findings if finding.rule.stops_narrower_build}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "audience: internal\n\nOpen.", "audience: internal\n---\nOpen.", "\n---\naudience: internal\n---\n", "Open.\n\nAudience: Internal",
        "**audience: partners**", "- audience: internal", "> audience: internal", "<!-- audience: internal -->", "audience = internal",
        "audiance: internal", "audience: intrnal", "## Steps\n- [ ] Open {audience: internal}", "## Progress\n- 2025-01-01: Open (audience: internal)",
    ],
)  # fmt: skip
def test_a_field_in_the_text_hides_the_file(text: str) -> None:
    """It was meant for the top of the file."""
    for path in (_ACTION, _PLAN, "content/index.md"):
        assert _shows({path: f"---\ntitle: Canary\n---\nCanary\n\n{text}\n"}) == []
        assert not _is_clear({path: f"---\ntitle: Canary\n---\n{text}\n"})
    assert not _is_clear({_ACTION: "---\n---\ntitle: Canary\naudience: internal\n---\n"})


def test_a_private_kind_in_the_text_hides_the_plan() -> None:
    """In the file of a plan only."""
    text = "---\ntitle: Canary\n---\n\n---\nkind: counselling\n---\n"
    assert _shows({_PLAN: text}) == []
    assert _shows({_ACTION: text})


@pytest.mark.parametrize(
    "line",
    [
        "!!! internal", "??? private", "=== internal ===", "%% internal %%", "// internal", "... internal", "''' internal", "@@@ internal",
        ",,, internal", "[internal]", "[[internal]]", "[/internal]", "(internal)", "<internal>", "<!-- internal -->", "<!-- /internal -->",
        "{% internal %}", "{% endinternal %}", "> [!INTERNAL]", "- [confidential]", "[internal only]", "[internal]Canary[/internal]", "Canary</internal>",
    ],
)  # fmt: skip
def test_a_tag_hides_the_text(line: str) -> None:
    """Nobody can tell which lines it is for."""
    action = f"---\ntitle: Open\n---\nCanary\n{line}\nCanary\n"
    assert _shows({_ACTION: action}) == []
    assert not _is_clear({_ACTION: action})


@pytest.mark.parametrize(
    "line",
    [
        ":\t:\t: internal", ":  :  : internal", "::\u2028: internal", ":: for staff",
        ":: only for our staff", "Open :: only internal", "::: partners internal", "::: public and partners", "::: public, internal",
    ],
)  # fmt: skip
def test_colons_that_are_far_apart_or_written_otherwise_hide(line: str) -> None:
    """As those of a mark do."""
    action = f"---\ntitle: Open\n---\n{line}\nCanary\n"
    assert _shows({_ACTION: action}) == []
    assert not _is_clear({_ACTION: action})


@pytest.mark.parametrize(
    "line",
    [
        "Audience: staff and families", "**Audience:** public", "The audience: internal and external staff", "Our audience is internal",
        "- [ ] Internal", "- [x] Internal", "- Internal", "## Internal", "**Internal**", "Internal:", "| Internal | External |", "(see internal audit)",
        "[Internal](x.html)", "[internal audit]", "'internal'", "£internal", "... and internal doors", "!! internal audit on Monday",
        "(internal) doors", "<https://e.org/internal>", "Ratio 1 : 2 : 3", "AT&T: x", "Kind: counselling", "std::for public",
        "Target audience: partners and families", "::: partners only\nOpen\n:::",
    ],
)  # fmt: skip
def test_ordinary_lines_hide_nothing(line: str) -> None:
    """Nor stop a build."""
    files = {_ACTION: f"---\ntitle: Open\n---\nCanary\n\n{line}\n"}
    assert _is_clear(files)
    assert _shows(files) == [Audience.PARTNERS, Audience.PUBLIC]


@pytest.mark.parametrize("colons", ["&#58;&#58;&#58;", "&#x3A;&colon;:", "&#0058;::"])
def test_colons_that_are_written_as_entities_are_colons(colons: str) -> None:
    """A page would show them as colons."""
    files = {_PLAN: _OPEN_PLAN, _ACTION: f"---\ntitle: A\n---\n{colons} internal\nCanary\n{colons}\nStill there\n"}
    assert _shows(files) == []
    assert "Still there" in ParsedFiles(files).seen_by(Audience.PUBLIC)


@pytest.mark.parametrize("value", ["|\n  Open\n  [internal]\n  Canary", '"Open [internal] Canary [/internal]"'])
def test_a_tag_in_a_field_hides_the_field(value: str) -> None:
    """A field whose value is the word in brackets stays."""
    for field in ("resources", "reason"):
        action = f"---\ntitle: Open\n{field}: {value}\n---\n"
        assert _shows({_ACTION: action}) == []
        assert not _is_clear({_ACTION: action})
    assert _is_clear({_ACTION: "---\ntitle: Open\nresources: (internal)\n---\n"})


def test_long_lines_are_searched_in_linear_time() -> None:
    """Signs and words without end that could begin a mark."""
    for part in (
        "(",
        "(a",
        ": ",
        ":\t",
        "audience:",
        "(audience:",
        "[/",
        "!",
        "internal ",
        "&#58 ",
        ":: for ",
        ":: only the ",
    ):
        line = part * (200_000 // len(part)) + " audience internal"
        assert not is_text_field(line, is_plan=True)
        assert not is_tag(line)
        is_passage_mark(line)
