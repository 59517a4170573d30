"""What docs/trust.md says in figures: each command, and where its figures stand in what it prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A command of this repository, and the figures that it gives.

    `patterns` are regular expressions by the name of a figure; their first group is the figure. `claims` are figures
    that stand in the command or in its tests, and hold if it ends without a fault.
    """

    command: str
    patterns: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)


_PASSED = {"passed": r"(\d+) passed"}
_NUMBER = r"([\d,]+)"


def _printed(*names: str) -> dict[str, str]:
    """The patterns of figures that a command prints on lines such as `figure shown = 0`."""
    return {name: rf"\bfigure {name} = (.+)" for name in names}


def _percentages(kind: str) -> str:
    """The pattern of a row of `tests.personal_data.measure`; the figure is its cells."""
    return rf"\| {kind} \| ([\d.%]+ \| [\d.%]+) \|"


MEASURES: Mapping[str, Measure] = {
    "audiences": Measure(
        command="PLANSITE_LEAKS=100 pytest --slow tests/audiences/test_generated.py",
        patterns=_PASSED,
        claims={"sites": "100"},
    ),
    "ways_in": Measure(command="pytest --slow tests/audiences/test_ways_in.py", patterns=_PASSED),
    "passages": Measure(command="pytest --slow tests/markdown/test_passages.py", patterns=_PASSED),
    "slips": Measure(
        command="PLANSITE_SLIPS=1 pytest --slow -s tests/audiences/test_slips.py",
        patterns={
            "shown": r"(\d+) shown of",
            "slips": rf"shown of {_NUMBER} slips",
            "places": rf"slips at {_NUMBER} places",
        },
    ),
    "slip_builds": Measure(command="pytest --slow tests/audiences/test_slips.py", patterns=_PASSED),
    "hidden_names": Measure(
        command="pytest --slow tests/audiences/test_hidden_names.py",
        claims={"fields": "86", "spellings": "50", "shown": "0"},
    ),
    "published_files": Measure(command="pytest tests/audiences/test_published_files.py", patterns=_PASSED),
    "file_contents": Measure(command="pytest --slow tests/published_files", patterns=_PASSED),
    "personal_data": Measure(
        command="python -m tests.personal_data.measure",
        patterns={
            "labelled": _percentages("NHS number, labelled or spaced"),
            "alone": _percentages("NHS number, digits alone"),
            "insurance": _percentages("National Insurance number"),
            "birth": _percentages("date of birth"),
            "postcode": _percentages("postcode"),
            "telephone": _percentages("telephone number"),
            "mail": _percentages("personal e-mail address"),
            "right": r"\| `nhs-number` \| \d+ \| ([\d.%]+) \|",
            "right_alone": r"\| `possible-nhs-number` \| \d+ \| ([\d.%]+) \|",
        },
    ),
    "hostile": Measure(
        command="python -m tests.test_hostile",
        patterns={
            "strings": rf"{_NUMBER} strings, ",
            "places": rf"{_NUMBER} places of a body",
            "fields": rf"and {_NUMBER} fields of \d+ kinds",
            "pages": rf"{_NUMBER} pages; ",
            "faults": rf"pages; {_NUMBER} with anything",
        },
    ),
    "fuzz": Measure(command="PLANSITE_FUZZ=7000 pytest --slow tests/fuzz", patterns=_PASSED, claims={"sites": "7,000"}),
    "fuzz_reading": Measure(
        command="python -m tests.fuzz.nightly read -runs=15000", patterns={"runs": rf"Done {_NUMBER} runs"}
    ),
    "fuzz_sites": Measure(
        command="python -m tests.fuzz.nightly site -runs=1700", patterns={"runs": rf"Done {_NUMBER} runs"}
    ),
    "slowest": Measure(
        command="python benchmarks/hostile.py",
        patterns={
            "slowest": r"The slowest of \d+ files of at most \d+ KiB: (.+)",
            "largest": r"The largest page of one of them: (.+)",
        },
    ),
    "manifests": Measure(command="pytest tests/publish/test_listed_files.py", patterns=_PASSED),
    "unreadable": Measure(command="pytest -s tests/pipeline/test_unreadable.py", patterns=_printed("places", "losses")),
    "themes": Measure(command="pytest tests/render/test_sandbox.py", patterns=_PASSED, claims={"payloads": "104"}),
    "forged_cache": Measure(command="pytest tests/cache/test_forged_cache.py", patterns=_PASSED),
    "hostile_repository": Measure(command="pytest --slow tests/supply/test_hostile_repository.py", patterns=_PASSED),
    "twins": Measure(command="pytest --slow tests/publish/test_twin_names.py", patterns=_PASSED),
    "late_files": Measure(command="pytest --slow tests/parallel/test_timeouts.py", patterns=_PASSED),
    "kills": Measure(
        command="python -m tests.soak --parts kills,steps,reads --kills 200",
        patterns={
            "kills": r"kills: (.+?) \[",
            "steps": r"steps: (.+?) \[",
            "reads": r"reads: (.+?) \(",
        },
    ),
    "faults": Measure(
        command="python -m tests.soak --parts faults,reading --every 12",
        patterns={"faults": r"faults: (.+?) \(", "reading": r"reading: (.+?) \("},
    ),
    "disks": Measure(
        command="python -m tests.soak --parts disks,modes",
        patterns={"disks": r"disks: (.+?) \[", "modes": r"modes: (.+?) \["},
    ),
    "pairs": Measure(command="python -m tests.soak --parts pairs", patterns={"pairs": r"pairs: (.+?) \["}),
    "strangers": Measure(command="pytest --slow tests/preview -k strangers", patterns=_PASSED),
    "observatory": Measure(
        command="pytest --slow tests/observatory",
        patterns=_PASSED,
        claims={"grade": "A+", "points": "130", "without": "C, 55 points"},
    ),
    "encryption": Measure(command="pytest --slow tests/encryption", patterns=_PASSED),
    "staying_inside": Measure(
        command="pytest --slow tests/encryption/test_staying_inside.py", patterns=_PASSED, claims={"shown": "0"}
    ),
    "sentences": Measure(
        command="pytest --slow tests/encryption/test_well_known.py", patterns=_PASSED, claims={"taken": "0"}
    ),
    "record": Measure(
        command="pytest --slow tests/cli/test_verify_altered.py", patterns=_PASSED, claims={"alterations": "11"}
    ),
    "supply": Measure(command="pytest --slow tests/supply tests/test_wheel.py", patterns=_PASSED),
}
