"""Texts that people read are plain English: none has a sentence or turn of phrase that readers stumbled over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of
from tests.texts import Text, all_texts, read_markup

#: Sentences, or what is typical of them, that readers did not understand, with what to write instead.
SENTENCES = {
    "follow the clock": "Demonstration date",
    "followed all the way": "No finding is fully dealt with yet",
    "that was recorded changed": "No changes recorded",
    "as its owner says": "The owner says this is done",
    "have 1 or fewer": "Half of owners have one open action or none",
    "has most to do comes first": "Busiest first",
    "stands behind its owners": "nothing: delete it",
    "joined to": "Linked actions",
    "unblocks": "Others waiting for this",
    "re-planned so often": "No date has moved three times",
    "has the worst course": "A plan shows its worst open action",
    "first that holds": "The first that applies is shown",
    "known from": "Reported by",
    "is for fewer readers": "Internal by default",
    "of a day still to come": "is dated in the future",
    "when to check from": "Say when the checks stop",
    "in no place where": "is in the wrong folder",
    "last change brought": "Your last save has 1 error",
    "show the site with them": "Preview anyway",
    "is not utf-8": "Save the file again with encoding UTF-8",
    "nothing to mend": "No problems found",
    "how firmly": "How strong the fix is",
    "the clock says": "Default: today",
    "compile a repository": "Build a website from your action plans",
    "that people trust": "Build a website from your action plans",
    "is ever deleted": "nothing: it is not true of every file",
    "prints in black and white": "nothing: say what is true of print",
    "nothing is cut off": "nothing: wide tables scroll",
}

#: Kinds of phrase, with what to write instead. Each pattern is looked for in lower case.
KINDS = {
    r"(?<!there )\b(?:is|are|was|were) no (?!longer\b|more\b|less\b|later\b|earlier\b|higher\b|lower\b)\w": "is not a …",
    r"\bno who\b": "use person, carer, staff or partners",
    r"(?<!there )\b(?:is|are) none\b(?! of (?:them|these))": "is not one, or is missing",
    r"\bbrought (?:\d+|…|a|one|no)\b": "has 1 error",
    r"\bhere stands?\b|\bstands? (?:behind|here|there|below|above)\b": "this looks like …, or follows",
    r"\b(?:text|line|name|page|file|value|word|mark|entry|field|date|it|they)s? stands?\b(?! for\b)": "is",
    r"\b(?:tells?|told) of\b|\bspeaks? (?:of|for)\b|\bspoken of\b": "is about, or is as at",
    r"\bnobody (?:can tell|can say|says|said|wrote|has written|knows|asks|owns)\b": "it is not clear …, or no … is given",
    r"(?:^|[.;|:] )left out,": "Default: …",
    r"; left out,": "Default: …",
    r"\bmend(?:s|ed|ing)?\b(?! the (?:round|radiator|door|heater|garden|gate)\b)": "correct",
    r"\bfaults?\b": "error, or problem",
    r"\b(?:rule|same|reason|entry|exception|password|sign-in|that|it) (?:still )?holds\b(?! (?:ready|back)\b)": "applies",
    r"\bit is said\b|\bis said\b(?! (?:again|aloud|here)\b)|\bno part in\b|\bin silence\b": "say who does what",
    r"\bcomes and goes\b|\bgoes on being\b|\bgo on (?:working|using|being)\b": "still, or keep",
    r"\bby whom\b|\bfor whom\b|\bto whom\b|\bwith whom\b|\bwhom\b": "who",
    r"\bthereby\b|\bwhereby\b|\bherein\b|\bthereof\b|\bhitherto\b": "a plain word",
    r"\bno (?:date|end|day) lies\b|\blies ahead\b": "No dates are coming up",
    r"(?:^|\. |\| )none of the (?:\d|…)": "No …",
    r"(?:^|\. |\| )nothing that (?:was|could|is)\b": "No …",
    r"\bslip of the keyboard\b": "typing error",
    r"\bas ever\b|\ball the same\b(?! (?:time|length)\b)": "as usual, or still",
    r"\bon no page\b|\bin no (?:other )?(?:copy|place)\b|\bleads to (?:no|nothing)\b": "does not …",
    r"\b(?:drawn|made|done|built|read|seen) anew\b|\banew\b": "again",
}

#: Where a phrase is right, with the reason: the beginning of the path, and the words in lower case.
EXCEPTIONS = (
    ("docs/", "mend the garden gate", "the title of an action about a gate"),
    ("docs/", "mend-the-garden-gate", "its file"),
    ("docs/", "mend the radiator", "the title of an action about a radiator"),
    ("docs/fields.md", "mend-radiator", "its slug"),
    ("docs/templates.md", "mend the round", "the first line of a template"),
    ("plansite/scaffold/templates/", "mend", "rounds and rooms are mended"),
    ("plansite/scaffold/templates/", "let it stand", "a worry"),
    ("plansite/scaffold/templates/", "speaks for it", "reasons for and against a thought"),
    ("plansite/scaffold/site/content/", "they stand", "visitors at a door"),
    ("plansite/preview/client.js", "fault", "names in the script and its styles"),
    ("docs/trust.md", "--parts faults", "an option of a command"),
    ("docs/trust.md", "86 faults of the disk", "what a test injects"),
    ("CONTRIBUTING.md", "action.due is none", "Python"),
    ("plansite/model/body.py", "`date` is none", "Python"),
)
#: For each kind a line that has it.
EXAMPLES = (
    "“client” is no colour",
    "“client” is no who",
    "a marker that is none",
    "the last save brought 1 error",
    "here stands a number",
    "this file stands in the wrong folder",
    "the entry tells of tomorrow",
    "nobody can tell when",
    "The folder. Left out, it is `public`.",
    "the folder; left out, public",
    "mend the file",
    "it has a fault",
    "the same holds",
    "it is said in the list",
    "the trouble comes and goes",
    "for whom it is",
    "and thereby hidden",
    "no day lies ahead",
    "None of the … findings",
    "Nothing that was agreed",
    "a slip of the keyboard",
    "it works as ever",
    "it is on no page",
    "written anew",
)


def find_phrases(texts: Iterable[Text]) -> Iterator[str]:
    """Each phrase that is not plain, with its file, its line and what to write instead."""
    kinds = [(re.compile(pattern), better) for pattern, better in KINDS.items()]
    any_phrase = re.compile("|".join([*map(re.escape, SENTENCES), *KINDS]))
    for text in texts:
        words = " ".join(text.words.lower().split())
        for path, phrase, _ in EXCEPTIONS:
            words = words.replace(phrase, "") if text.path.startswith(path) else words
        if not any_phrase.search(words):
            continue
        found = [(sentence, better) for sentence, better in SENTENCES.items() if sentence in words]
        found += [(match.group(), better) for kind, better in kinds for match in kind.finditer(words)]
        yield from (f"{text.path}:{text.line}: “{phrase.strip()}”; write: {better}" for phrase, better in found)


def test_texts_are_plain() -> None:
    """No message, template, script, page of documentation or file of a new site has one of the phrases."""
    assert list(find_phrases(all_texts())) == []


def test_pages_are_plain(project: Path) -> None:
    """Nor has any page of the demonstration, where sentences are put together."""
    pages = html_of(build_in_memory(project, clock=FixedClock()))
    texts = [Text(f"page {path}", line, words) for path, html in pages.items() for line, words in read_markup(html)]
    assert len(texts) > 5000
    written = {finding.partition(": ")[2] for finding in find_phrases(_list_content(project))}
    assert [finding for finding in find_phrases(texts) if finding.partition(": ")[2] not in written] == []


def _list_content(project: Path) -> Iterator[Text]:
    """What people of the demonstration write, who mend radiators."""
    for path in sorted((project / "content").rglob("*.md")):
        yield Text(str(path), 1, path.read_text("utf-8"))


@pytest.mark.parametrize("phrase", [*SENTENCES, *EXAMPLES])
def test_a_phrase_is_found(phrase: str) -> None:
    """With its place, in whatever case, and with what to write instead."""
    found = list(
        find_phrases([Text("docs/a.md", 7, f"Well: {phrase.upper()} and more" if phrase in SENTENCES else phrase)])
    )
    assert found
    assert all(line.startswith("docs/a.md:7: “") and "; write: " in line for line in found)


def test_every_kind_has_an_example() -> None:
    """So that no pattern is one that finds nothing."""
    lines = [" ".join(example.lower().split()) for example in EXAMPLES]
    assert [kind for kind in KINDS if not any(re.search(kind, line) for line in lines)] == []


@pytest.mark.parametrize(
    "words", ["there is no plan", "it is no longer open", "a new page", "the meeting is held", "who leads it"]
)
def test_plain_words_are_left_alone(words: str) -> None:
    """Ordinary English has nothing to find."""
    assert list(find_phrases([Text("docs/a.md", 1, words)])) == []


def test_every_exception_is_needed() -> None:
    """An exception that nothing needs any more is taken out."""
    words = [(text.path, " ".join(text.words.lower().split())) for text in all_texts()]
    unused = [
        (start, phrase)
        for start, phrase, _ in EXCEPTIONS
        if not any(path.startswith(start) and phrase in line for path, line in words)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("plansite/content/text.py", "save the file again with encoding UTF-8"),
        ("plansite/content/values.py", "`…` has …"),
        ("plansite/content/privacy_rules.py", "This looks like a date of birth."),
        ("plansite/checks/rules/dates.py", "An open action has no due date."),
        ("plansite/model/documents/action.py", "How strong the fix is."),
        ("themes/default/templates/pages/not_found.html", "Try one of these pages:"),
        ("themes/default/templates/plan/reviews.html", "Say in the plan how often it is reviewed."),
        ("plansite/preview/client.js", "Preview anyway"),
        ("docs/statuses.md", "“Green” is not a status."),
        ("plansite/scaffold/templates/plans/incident/fall/README.md", "A fall at home or in a care home"),
        ("plansite.yaml", "title: "),
    ],
)
def test_texts_of_every_sort_are_read(path: str, words: str) -> None:
    """Literals, f-strings, docstrings of rules, templates with their expressions, scripts, pages and files."""
    assert any(words in text.words for text in all_texts() if text.path == path)
