"""What is found of made-up plans, and how often it is right: the figures that the documentation prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.personal_data.matches import PersonalDataKind
from tests.personal_data import synthetic
from tests.personal_data.awkward import awkward_samples
from tests.personal_data.measure import SEED, WANTED, precision, recall, table
from tests.personal_data.synthetic import MAKERS, samples


def test_documentation_prints_what_is_measured(project: Path, update_golden: bool) -> None:
    """The tables of docs/personal-data.md are those of the command."""
    page, made = project / "docs/personal-data.md", table(samples(SEED))
    before, _, rest = page.read_text("utf-8").partition("<!-- figures -->\n")
    kept, _, after = rest.partition("\n<!-- end of figures -->")
    if update_golden:
        page.write_text(f"{before}<!-- figures -->\n{made}\n<!-- end of figures -->{after}", "utf-8")
        kept = made
    assert kept == made


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_most_of_what_people_write_is_found(seed: int) -> None:
    """Whatever the chance: nearly everything in its usual form, and nothing is an error that is not so."""
    given = samples(seed)
    found, right = recall(given), precision(given)
    assert all(found[about] > 0.98 for about in WANTED if about not in (synthetic.POSTCODE, synthetic.MAIL))
    assert all(found[about] > 0.75 for about in WANTED)
    assert all(part == 1.0 for name, (_, part) in right.items() if name != "possible-nhs-number")
    assert right["possible-nhs-number"][1] > 0.9


def test_samples_are_what_they_claim() -> None:
    """The same seed gives the same; identifiers stand where they are said to, and no NHS number can be anybody's."""
    given = samples(SEED)
    assert given == samples(SEED)
    assert {each.about for each in given} == {*MAKERS, synthetic.LURE}
    assert all((each.start < each.end <= len(each.text)) is (each.about != synthetic.LURE) for each in given)
    for each in (*given, *awkward_samples(SEED)):
        digits = "".join(str(int(sign)) for sign in each.text[each.start : each.end] if sign.isdecimal())
        assert each.about not in (synthetic.NHS, synthetic.NHS_ALONE) or digits.startswith("999")


def test_generator_does_not_know_the_recognisers(project: Path) -> None:
    """It is of no use if one is made from the other."""
    for name in ("synthetic", "awkward"):
        assert "plansite" not in (project / f"tests/personal_data/{name}.py").read_text("utf-8").replace(
            "plansite 0.", ""
        )


def test_every_kind_is_measured() -> None:
    """All but listed names, which need no guessing."""
    assert frozenset().union(*WANTED.values()) == set(PersonalDataKind) - {PersonalDataKind.LISTED_NAME}
