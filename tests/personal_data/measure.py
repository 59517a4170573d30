"""How much of what is there is found, and how much of what is said is right.

Run it from the project's folder: `python -m tests.personal_data.measure`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plansite.personal_data.matches import PersonalDataKind
from plansite.personal_data.scan import find_matches
from tests.personal_data import synthetic
from tests.personal_data.awkward import awkward_samples
from tests.personal_data.synthetic import Sample, samples

SEED = 20250120

#: What counts as found for each kind of sample.
WANTED: dict[str, frozenset[PersonalDataKind]] = {
    synthetic.NHS: frozenset({PersonalDataKind.NHS_NUMBER}),
    synthetic.NHS_ALONE: frozenset({PersonalDataKind.NHS_NUMBER, PersonalDataKind.POSSIBLE_NHS_NUMBER}),
    synthetic.INSURANCE: frozenset({PersonalDataKind.INSURANCE_NUMBER}),
    synthetic.BIRTH: frozenset({PersonalDataKind.DATE_OF_BIRTH}),
    synthetic.POSTCODE: frozenset({PersonalDataKind.POSTCODE}),
    synthetic.TELEPHONE: frozenset({PersonalDataKind.TELEPHONE_NUMBER}),
    synthetic.MAIL: frozenset({PersonalDataKind.PERSONAL_EMAIL}),
}
#: What each kind of finding is called in the table.
RULES = {
    PersonalDataKind.NHS_NUMBER: "nhs-number",
    PersonalDataKind.POSSIBLE_NHS_NUMBER: "possible-nhs-number",
    PersonalDataKind.INSURANCE_NUMBER: "national-insurance-number",
    PersonalDataKind.DATE_OF_BIRTH: "date-of-birth",
    PersonalDataKind.POSTCODE: "postcode",
    PersonalDataKind.TELEPHONE_NUMBER: "telephone-number",
    PersonalDataKind.PERSONAL_EMAIL: "personal-email",
}


def recall(given: Sequence[Sample]) -> dict[str, float]:
    """Of each kind of identifier, the part that was found as such."""
    there, found = Counter(each.about for each in given), Counter[str]()
    for sample in given:
        found[sample.about] += any(_is_right(sample, *each) for each in _seen(sample))
    return {about: found[about] / there[about] for about in WANTED}


def precision(given: Sequence[Sample]) -> dict[str, tuple[int, float]]:
    """Of each rule, how often it spoke over the whole set, and the part in which something was there."""
    said, right = Counter[PersonalDataKind](), Counter[PersonalDataKind]()
    for sample in given:
        for kind, start, end in _seen(sample):
            said[kind] += 1
            right[kind] += _is_true(sample, kind, start, end)
    return {name: (said[kind], right[kind] / said[kind] if said[kind] else 1.0) for kind, name in RULES.items()}


def _seen(sample: Sample) -> Iterator[tuple[PersonalDataKind, int, int]]:
    return ((each.kind, each.start, each.end) for each in find_matches(sample.text))


def _overlaps(sample: Sample, start: int, end: int) -> bool:
    return start < sample.end and sample.start < end


def _is_right(sample: Sample, kind: PersonalDataKind, start: int, end: int) -> bool:
    return sample.about in WANTED and kind in WANTED[sample.about] and _overlaps(sample, start, end)


def _is_true(sample: Sample, kind: PersonalDataKind, start: int, end: int) -> bool:
    """A warning that an NHS number is possible is true of a labelled one as well."""
    about_nhs = sample.about in (synthetic.NHS, synthetic.NHS_ALONE) and kind in (
        PersonalDataKind.NHS_NUMBER,
        PersonalDataKind.POSSIBLE_NHS_NUMBER,
    )
    return _is_right(sample, kind, start, end) or (about_nhs and _overlaps(sample, start, end))


def table(given: Sequence[Sample]) -> str:
    """Both as they stand in the documentation."""
    usual, rare = recall(given), recall(awkward_samples(SEED))
    first = [f"| {about} | {part:.1%} | {rare[about]:.1%} |" for about, part in usual.items()]
    second = [f"| `{name}` | {said:,} | {part:.1%} |" for name, (said, part) in precision(given).items()]
    return "\n".join(
        [
            "| What was there | Found, as people mostly write it | Found, written in awkward ways |",
            "| --- | --- | --- |",
            *first,
            "",
            "| What was said | How often | Right |",
            "| --- | --- | --- |",
            *second,
        ]
    )


if __name__ == "__main__":
    print(table(samples(SEED)))  # noqa: T201  (the command's answer)
