"""The frameworks that come with plansite: names and numbers as their regulators have them."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from plansite.content.frameworks.framework_files import SHIPPED_FRAMEWORKS, load_shipped_frameworks
from plansite.model.documents.records.requirements import YesOrNo
from plansite.model.frameworks.framework import Framework, FrameworkStatus
from plansite.model.frameworks.index import StandardIndex

QUALITY_STATEMENTS = {
    "Safe": """Learning culture; Safe systems, pathways and transitions; Safeguarding; Involving people to manage risks;
        Safe environments; Safe and effective staffing; Infection prevention and control; Medicines optimisation""",
    "Effective": """Assessing needs; Delivering evidence-based care and treatment; How staff, teams and services work
        together; Supporting people to live healthier lives; Monitoring and improving outcomes; Consent to care and
        treatment""",
    "Caring": """Kindness, compassion and dignity; Treating people as individuals; Independence, choice and control;
        Responding to people's immediate needs; Workforce wellbeing and enablement""",
    "Responsive": """Person-centred care; Care provision, integration and continuity; Providing information; Listening to
        and involving people; Equity in access; Equity in experiences and outcomes; Planning for the future""",
    "Well-led": """Shared direction and culture; Capable, compassionate and inclusive leaders; Freedom to speak up;
        Workforce equality, diversity and inclusion; Governance, management and sustainability; Partnerships and
        communities; Learning, improvement and innovation; Environmental sustainability - sustainable development""",
}
KEY_LINES = {
    "Safe": """Safety culture; Managing risks during care and treatment; Safe systems, pathways and transitions;
        Safeguarding; Safe environments and infection prevention and control; Safe staffing; Safe medicines and
        treatments""",
    "Effective": """Assessing needs; Evidence-based care and equitable outcomes; Supporting people to live healthier
        lives; Consent to care and treatment""",
    "Caring": """Kindness, compassion and dignity; Person-centred care; Independence, choice and control""",
    "Responsive": """Care provision, integration and continuity; Listening to and responding to feedback; Timely and
        equitable access; Equity in experiences""",
    "Well-led": """Strategic direction; Workforce equity and culture; Capable and compassionate leaders; Governance and
        management; Partnerships and communities; Improvement, innovation and learning""",
}
#: The numbers of the key lines, in the order of the list, that each quality statement corresponds to.
CROSSWALK = (
    "1 3 4 2 5 6 5 7",  # Safe
    "8 9 3,15 10 9 11",  # Effective
    "12 13 14 12,15 20",  # Caring
    "13 15 18 16 17 18,9 14",  # Responsive
    "19 21 20 20 22 23 24 19",  # Well-led
)


def _find(name: str) -> Framework:
    return next(each for each in load_shipped_frameworks() if each.id == name)


def _read(names: dict[str, str]) -> dict[str, list[str]]:
    return {question: [" ".join(name.split()) for name in text.split(";")] for question, text in names.items()}


def _list_labels(framework: Framework) -> dict[str, list[str]]:
    return {question: [each.label for each in group] for question, group in framework.group_by_key_question()}


def test_the_34_quality_statements() -> None:
    """Eight, six, five, seven and eight, with CQC's names, in force."""
    framework = _find("cqc-saf")
    assert _list_labels(framework) == _read(QUALITY_STATEMENTS)
    assert [len(group) for _, group in framework.group_by_key_question()] == [8, 6, 5, 7, 8]
    assert framework.status is FrameworkStatus.CURRENT
    assert framework.ratings == ("inadequate", "requires improvement", "good", "outstanding")


def test_the_24_key_lines_are_a_draft() -> None:
    """Seven, four, three, four and six, and nothing says that they are in force."""
    framework = _find("cqc-asc-2026")
    assert _list_labels(framework) == _read(KEY_LINES)
    assert [len(group) for _, group in framework.group_by_key_question()] == [7, 4, 3, 4, 6]
    assert {each.status for each in framework.standards} == {FrameworkStatus.DRAFT}
    assert {each.official_wording for each in framework.standards} == {YesOrNo.NO}
    assert framework.replaces == ("cqc-saf",)


def test_the_crosswalk_is_whole_and_is_ours() -> None:
    """Each of the 34 has what the table says, each target exists, and each of the 24 is reached."""
    old, new = _find("cqc-saf"), _find("cqc-asc-2026")
    numbers = {each.key: number for number, each in enumerate(new.standards, 1)}
    found = [sorted(numbers[target] for target in each.maps_to) for each in old.standards]
    expected = [sorted(map(int, entry.split(","))) for row in CROSSWALK for entry in row.split()]
    assert found == expected
    assert {number for targets in found for number in targets} == set(range(1, 25))
    assert Counter(map(len, found)) == {1: 31, 2: 3}
    assert old.mapping == new.mapping == "plansite’s reading, not CQC’s"
    index = StandardIndex(load_shipped_frameworks())
    assert all(index.list_mapped(each) for each in (*old.standards, *new.standards))


def test_the_regulations_have_their_instrument() -> None:
    """Two regulations are called 12, and two 17 and 18."""
    acts, registration = _find("hsca-2014"), _find("cqc-registration-2009")
    assert [each.id for each in acts.standards] == "4 5 6 7 8 9 9A 10 11 12 13 14 15 16 17 18 19 20 20A".split()
    assert [each.id for each in registration.standards] == "12 13 14 15 16 17 18 19 20 22A".split()
    index = StandardIndex(load_shipped_frameworks())
    for number in ("12", "17", "18"):
        assert [each.key for each in index.find(f"regulation {number}").standards] == [
            f"hsca-2014/{number}",
            f"cqc-registration-2009/{number}",
        ]
    assert index.name(acts.standards[9]) == (
        "Regulation 12: Safe care and treatment (Regulated Activities Regulations 2014)"
    )


def test_wales_and_scotland() -> None:
    """Four themes on four ratings, five key questions on six."""
    wales, scotland = _find("ciw-2025"), _find("ci-care-homes")
    assert [each.label for each in wales.standards] == [
        "Well-being",
        "Care and support",
        "Environment",
        "Leadership and management",
    ]
    assert wales.ratings == ("requires significant improvement", "requires improvement", "good", "excellent")
    assert (len(scotland.standards), len(scotland.ratings)) == (5, 6)


@pytest.mark.parametrize("name", SHIPPED_FRAMEWORKS)
def test_each_file_is_whole(name: str) -> None:
    """Its identifier is its name, and each standard has all that is promised of it."""
    framework = _find(name)
    assert (framework.id, framework.path) == (name, "")
    assert framework.source.startswith("https://")
    for each in framework.standards:
        assert each.framework == name
        assert each.id and each.label and each.version and each.status and each.source and each.official_wording


def test_each_file_in_the_folder_is_listed() -> None:
    """None is forgotten."""
    names = {path.name.removesuffix(".yaml") for path in files("plansite").joinpath("frameworks").iterdir()}
    assert names == set(SHIPPED_FRAMEWORKS)
