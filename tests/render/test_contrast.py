"""A site's own colours are checked before anybody has to read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.model.findings import Finding, Level
from plansite.render.contrast import COLOUR_PAIRS, ColourPair, find_low_contrast
from plansite.render.theme import default_theme_folder, load_theme


def _findings(root: Path, **sheets: str) -> tuple[Finding, ...]:
    """The findings for a site whose theme `mine` has these style sheets."""
    folder = root / "themes/mine/static"
    folder.mkdir(parents=True)
    for name, css in sheets.items():
        (folder / f"{name}.css").write_text(css, "utf-8")
    return find_low_contrast(load_theme(root, "mine"), root)


def test_the_default_colours_are_enough(tmp_path: Path) -> None:
    """Every pair of the default theme keeps its ratio: a copy of it as a site's own has no finding."""
    tokens = (default_theme_folder() / "static/tokens.css").read_text("utf-8")
    assert _findings(tmp_path, tokens=tokens) == ()


def test_a_copy_that_is_too_pale_has_a_finding(tmp_path: Path) -> None:
    """The same copy with one colour changed is found out, so that the check above can fail."""
    tokens = (default_theme_folder() / "static/tokens.css").read_text("utf-8")
    (finding, *_) = _findings(tmp_path, tokens=tokens.replace("--soft: #515a61", "--soft: #9aa0a6"))
    assert finding.message.startswith("`--soft` on `--")


def test_a_theme_without_colours_is_not_looked_at(tmp_path: Path) -> None:
    """Neither the default theme nor one with templates alone has findings."""
    (tmp_path / "themes/mine/templates").mkdir(parents=True)
    assert find_low_contrast(load_theme(tmp_path, "mine"), tmp_path) == ()
    assert find_low_contrast(load_theme(tmp_path, "default"), tmp_path) == ()


def test_a_finding_says_where_and_what(tmp_path: Path) -> None:
    """File, line, both names, the ratio, which page, and what to do."""
    found = _findings(tmp_path, own="/* ours */\n:root {\n  --late-text: #777777;\n  --paper: white;\n}\n")
    light = next(finding for finding in found if "`--paper`" in finding.message and finding.message.endswith("light"))
    assert (light.path, light.line, light.rule.code) == ("themes/mine/static/own.css", 3, "PS700")
    assert light.rule.level is Level.WARNING
    assert light.message == "`--late-text` on `--paper` has a contrast of 4.47 in the light"
    assert light.remedy == "text needs 4.5 or more: set them further apart"


def test_a_colour_of_the_light_holds_in_the_dark(tmp_path: Path) -> None:
    """Setting a token once sets it for both; where that fails in the dark, it is found there alone."""
    found = _findings(tmp_path, own=":root { --accent: #7a1f5c; }")
    assert {finding.message.rpartition(" ")[2] for finding in found} == {"dark"}


def test_a_colour_for_the_dark_mends_it(tmp_path: Path) -> None:
    """With a second value for the dark nothing is found."""
    css = ":root { --accent: #7a1f5c; }\n@media (prefers-color-scheme: dark) { :root { --accent: #f0a8d8; } }"
    assert _findings(tmp_path, own=css) == ()


def test_a_ground_of_ones_own_is_judged_with_our_text(tmp_path: Path) -> None:
    """Where only the ground is the site's own, the finding stands at the ground."""
    found = _findings(tmp_path, own=":root {\n--sunk: #777777; }")
    assert {(finding.line, finding.message.partition(" on ")[2].split()[0]) for finding in found} == {(2, "`--sunk`")}


def test_marks_need_less_than_text(tmp_path: Path) -> None:
    """A grey of 3.5 will do for an edge, and not for text."""
    css = ":root { --paper: #fff; --surface: #fff; --%s: #8a8a8a; }"
    dark = "@media (prefers-color-scheme: dark) { :root { --paper: #000; --surface: #000; --%s: #aaa } }"
    edge = _findings(tmp_path / "edge", own=(css + dark).replace("%s", "edge"))
    soft = _findings(tmp_path / "soft", own=(css + dark).replace("%s", "soft"))
    assert not [finding for finding in edge if "--edge" in finding.message]
    assert [finding.remedy for finding in soft if "`--soft` on `--paper`" in finding.message] == [
        "text needs 4.5 or more: set them further apart"
    ]


def test_what_cannot_be_worked_out_is_named(tmp_path: Path) -> None:
    """A colour that is not understood is a finding, once, so that nobody takes it for checked."""
    found = _findings(tmp_path, own=":root { --ink: oklch(20% 0.02 240); }")
    assert [finding.message for finding in found] == [
        "the contrast of `--ink` cannot be worked out from “oklch(20% 0.02 240)”"
    ]


def test_a_missing_token_is_named(tmp_path: Path) -> None:
    """A `tokens.css` of a site's own replaces ours whole; what it lacks would have no colour at all."""
    found = _findings(tmp_path, tokens=":root { --ink: #000; --paper: #fff; }")
    assert "`--edge` is not set, and pages need it" in {finding.message for finding in found}
    assert not [finding for finding in found if "--ink" in finding.message or "--paper" in finding.message]


@pytest.mark.parametrize("pair", COLOUR_PAIRS, ids=lambda pair: f"{pair.foreground} on {pair.background}")
def test_every_pair_is_looked_at(tmp_path: Path, pair: ColourPair) -> None:
    """Each pair set to one and the same grey is found in the light and in the dark."""
    colour, ground = pair.foreground, pair.background
    found = _findings(tmp_path, own=f":root {{ --{colour}: #808080; --{ground}: #808080; }}")
    named = [finding for finding in found if finding.message.startswith(f"`--{colour}` on `--{ground}` has")]
    assert len(named) == 2
