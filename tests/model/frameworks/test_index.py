"""A text names a standard by identifier, label or number, and is never guessed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.frameworks.framework_files import load_shipped_frameworks
from plansite.model.frameworks.index import StandardIndex

INDEX = StandardIndex(load_shipped_frameworks())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("cqc-saf/safeguarding", "cqc-saf/safeguarding"),
        ("CQC-SAF/Safeguarding", "cqc-saf/safeguarding"),
        ("Safeguarding", "cqc-saf/safeguarding"),
        ("cqc-asc-2026/safeguarding", "cqc-asc-2026/safeguarding"),
        ("CQC draft framework for adult social care: Safeguarding", "cqc-asc-2026/safeguarding"),
        ("Safeguarding (CQC single assessment framework)", "cqc-saf/safeguarding"),
        ("learning, improvement & innovation", "cqc-saf/learning-and-innovation"),
        ("Responding to people’s immediate needs", "cqc-saf/immediate-needs"),
        ("Environmental sustainability – sustainable development", "cqc-saf/environmental-sustainability"),
        ("Safety culture", "cqc-asc-2026/safety-culture"),
        ("regulation 9A", "hsca-2014/9A"),
        ("Reg. 20a", "hsca-2014/20A"),
        ("Regulation 12: Safe care and treatment", "hsca-2014/12"),
        ("regulation 17 (2)(b) HSCA 2014", "hsca-2014/17"),
        ("Regulation 18 of the Care Quality Commission (Registration) Regulations 2009", "cqc-registration-2009/18"),
        (
            "Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, regulation 12",
            "hsca-2014/12",
        ),
        ("Regulation 12, statement of purpose", "cqc-registration-2009/12"),
        ("hsca-2014/17", "hsca-2014/17"),
        ("Good governance", "hsca-2014/17"),
    ],
)
def test_a_text_names_one_standard(text: str, key: str) -> None:
    """Capitals, punctuation and typography make no difference; an identifier says the most."""
    found = INDEX.find(text).only
    assert found and found.key == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("regulation 12", ["hsca-2014/12", "cqc-registration-2009/12"]),
        ("breach of regulation 18", ["hsca-2014/18", "cqc-registration-2009/18"]),
        ("Person-centred care", ["cqc-saf/person-centred-care", "hsca-2014/9"]),
        ("Regulation 17 of the Fire Safety Order", []),
        ("regulation 99", []),
        ("17", []),
        ("", []),
        ("Safe", []),
    ],
)
def test_what_is_not_clear_is_not_decided(text: str, keys: list[str]) -> None:
    """Two candidates are two, and another instrument is none of ours."""
    found = INDEX.find(text)
    assert [each.key for each in found.standards] == keys
    assert found.only is None


def test_a_chosen_framework_comes_first() -> None:
    """A label in two frameworks means that of the framework which the site chooses."""
    chosen = StandardIndex(load_shipped_frameworks(), ("cqc-asc-2026",)).find("Safeguarding").only
    assert chosen and chosen.key == "cqc-asc-2026/safeguarding"


def test_a_name_comes_before_an_identifier() -> None:
    """“Safe environments” is one of the 34, though one of the draft has the identifier `safe-environments`."""
    index = StandardIndex(load_shipped_frameworks(), ("cqc-asc-2026",))
    found = index.find("Safe environments").only
    assert found and found.key == "cqc-saf/safe-environments"


@given(st.text())
def test_any_text_is_looked_up(text: str) -> None:
    """Nothing raises, whatever is written."""
    assert len(INDEX.find(text).standards) >= 0


def test_every_standard_is_found_by_its_key_and_full_name() -> None:
    """What messages and pages show can be typed back."""
    for framework in INDEX.frameworks.values():
        for standard in framework.standards:
            assert INDEX.find(standard.key).only == standard
            assert INDEX.find(framework.name_fully(standard)).only == standard
