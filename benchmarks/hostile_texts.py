"""Texts that make parsers slow or pages large, each as long as is asked: what a hostile writer would send."""

from __future__ import annotations

from collections.abc import Callable

#: The text of about so many characters.
Make = Callable[[int], str]


def _run(unit: str, start: str = "", end: str = "") -> Make:
    """A unit again and again, behind a start and before an end."""
    return lambda size: start + unit * ((size - len(start) - len(end)) // len(unit)) + end


def _nested(left: str, right: str, middle: str = "a") -> Make:
    """As many openings as closings."""
    return lambda size: left * (size // len(left + right)) + middle + right * (size // len(left + right))


def _growing(sign: str, between: str) -> Make:
    """Runs of one sign, each one longer than the last."""
    return lambda size: between.join(sign * count for count in range(1, int((2 * size) ** 0.5)))


def _numbered(form: str, start: str = "") -> Make:
    """A form with a number in it, each time another."""
    return lambda size: start + "".join(form.format(number) for number in range(size // (len(form) + 3)))


def _listed(field: str) -> Make:
    """A list of as many different names as a file may hold values."""
    return lambda size: f"{field}: [{', '.join(f'n{number}' for number in range(min(size // 8, 40_000)))}]"


def _table(rows_of: str) -> Make:
    """A table with as many columns as rows, whose rows leave their cells out."""
    return lambda size: f"|{'a|' * (size // 12)}\n|{'-|' * (size // 12)}\n" + rows_of * (size // 2 // len(rows_of))


def _stairs(step: str, sign: str, most: int) -> Make:
    """Lines that go one level deeper each, up to `most`, and begin again."""
    return lambda size: "".join(step * (line % most) + sign + "a\n" for line in range(size // (most * len(step) // 2)))


MARKDOWN: dict[str, Make] = {
    "plain words": _run("word "),
    "plain paragraphs": _run("word\n\n"),
    "blank lines": _run("\n"),
    "spaces": _run(" ", end="a"),
    "tabs": _run("\ta\n"),
    "quotations, nested": _run(">" * 40 + " a\n"),
    "quotations, deeper and deeper": _stairs(">", "", 55),
    "quotation, lazy": _run("a\n", "> " * 40),
    "lists, nested in a line": _run("- " * 27 + "a\n"),
    "lists, deeper and deeper": _stairs("  ", "- ", 28),
    "lists and quotations in turn": _run("- > " * 14 + "a\n"),
    "lists, numbered and nested": _run("1. " * 20 + "a\n"),
    "lists of other marks": _run("- a\n* a\n+ a\n"),
    "lists, numbered otherwise": _run("1. a\n1) a\n"),
    "list that is none at its end": _run("- a\n", end="* b\n* c"),
    "list with words behind": _run("- a\n", end="b"),
    "items without words": _run("-\n"),
    "items with code": _run("-     a\n"),
    "brackets": _run("["),
    "brackets with an end": _run("[a", end="]"),
    "brackets, nested": _nested("[", "]"),
    "brackets and parentheses": _run("[a]("),
    "links": _run("[a](b)"),
    "links with long addresses": _run(f"[a]({'é' * 1000}) "),
    "link with one address": _run("é", "[a](", ")"),
    "link with many parentheses": _run("(", "[a]("),
    "link titles without end": _run('[a](b "c'),
    "links in angles without end": _run("[a](<b"),
    "pictures without end": _run("!["),
    "pictures from elsewhere": _run("![a](http://b.c) "),
    "links within links": _run("[a <http://b.c> d](e.md) "),
    "links to many files": _numbered("[a](b{}.md) "),
    "pictures, nested": _nested("![", "](u)"),
    "pictures, nested a little": _run("![" * 20 + "a" + "](u)" * 20 + " "),
    "backticks": _growing("`", " "),
    "backticks, mismatched": _run("`a``"),
    "fences": _run("```\n"),
    "fences, longer and longer": _growing("`", "\n\n"),
    "emphasis, opening": _run("*a "),
    "emphasis, closing": _run("a* "),
    "emphasis within words": _run("a**b"),
    "emphasis of two kinds": _run("*a_ "),
    "emphasis of three lengths": _run("a***b* c** "),
    "emphasis, one run": _run("*"),
    "emphasis, nested": _nested("*", "*"),
    "underscores": _run("_a __a "),
    "struck out": _run("a~~~b "),
    "references": _numbered("[a{}]: /u\n"),
    "references, all the same": _run("[a]: /u\n"),
    "references, much used": _run("[a] ", f"[a]: /{'u' * 2000}\n\n"),
    "references without end": _run("[a\n"),
    "reference titles without end": _run("[a]: b '\n"),
    "references with long names": _run(f"[{'a' * 998}]: u\n"),
    "tables, wide": lambda size: "\n".join("|".join(sign * (size // 6)) for sign in "a-a"),
    "tables, empty cells": _table("|\n"),
    "tables, tall": _run("|x|y|\n", "|a|b|\n|-|-|\n"),
    "tables, many": _run("a|b\n-|-\n\n"),
    "entities": _run("&amp;"),
    "entities, wrong": _run("&a"),
    "angles": _run("<"),
    "autolinks": _run("<a:b>"),
    "autolinks that are links": _run("<http://b.c>"),
    "autolinks with escapes": _run("<http://b.c/%01%1b>"),
    "autolinks without end": _run("<a@b."),
    "comments": _run("<!-- -->"),
    "comments without end": _run("<!--\n"),
    "comments with one end": _run("<!--a\n", end="--> x"),
    "comments before a long line": lambda size: "<!--a\n" * (size // 12) + "-->" + "x" * (size // 2),
    "comments in a quotation": _run("> <!--\n", end="\n-->"),
    "comments in items": _run("- <!--a\n", end="\n\n-->"),
    "comments in a line": _run("a <!-- b ", end="-->"),
    "headings": _numbered("### {}\n"),
    "headings, all the same": _run("### a\n"),
    "headings, underlined": _run("a\n-\n"),
    "headings of signs": _run("# ", "### "),
    "parts": _numbered("# {}\n"),
    "parts with words": _numbered("# {}\na\n"),
    "parts all the same": _run("# a\nb\n"),
    "parts of steps": _run("# steps\n"),
    "steps": _run("- [ ] a\n", "## Steps\n"),
    "steps with blanks": _run(" ", "## Steps\n- [", "x"),
    "progress": _run("- 2025-01-04 (A): a\n", "## Progress\n"),
    "progress without dates": _run("- a\n", "## Progress\n"),
    "progress in paragraphs": _run("2025-01-04 (A): a\n\n", "## Progress\n"),
    "progress with blanks": _run(" ", "## Progress\n- 2025-01-04", "x"),
    "rules": _run("---\n\n"),
    "escapes": _run("\\*"),
    "quotation marks": _run('"'),
    "dashes": _run("- "),
    "four-byte letters": _run("\U0001f600"),
    "one sentence": _run("and "),
    "sentences": _run("A b. "),
}
FIELDS: dict[str, Make] = {
    "front matter: nested lists": _run("[", "x: "),
    "front matter: nested groups": _run("{a: ", "x: "),
    "front matter: dashes": _run("- "),
    "front matter: dashes and a sign": _run("- ", end="@"),
    "front matter: words and a sign": _run("a ", end="\n @"),
    "front matter: questions": _run("? "),
    "front matter: fields": _numbered("k{}: a\n"),
    "front matter: nearly fields": _numbered("owner{}: a\n"),
    "front matter: one field": _run("a: 1\n"),
    "front matter: signs": _run("a: @b\n"),
    "front matter: colons": _run("a: b: c\n"),
    "front matter: hashes": _run("b #c\n,", "tags: [", "]"),
    "front matter: comments": _run("#a\n"),
    "front matter: quotation without end": _run(" b\n", "x: 'a\n"),
    "front matter: escapes": _run("\\u00e9", 'title: "', '"'),
    "front matter: invisible characters": _numbered('k{}: "\\x01"\n'),
    "front matter: directions": _numbered('k{}: "\\u202e"\n'),
    "front matter: one long value": _run("a", "owner: "),
    "front matter: a long ref": _run('"', "ref: '", "'"),
    "front matter: a long date": _run("1", "due: "),
    "front matter: a long word": _run("a", "status: "),
    "front matter: dates and blanks": _run(" ", "due: 1", "x"),
    "front matter: repeats": _run("1 ", "repeat: "),
    "front matter: supporters": _run("ab, ", "supporters: [", "]"),
    "front matter: distinct supporters": _listed("supporters"),
    "front matter: tags": _run("- a\n", "tags:\n"),
    "front matter: evidence": _run("- {label: a, url: b}\n", "evidence:\n"),
    "front matter: wrong evidence": _run("- {labl: a, url: 'javascript:'}\n", "evidence:\n"),
    "front matter: wrong dates": _run("- {due: x}\n", "due_history:\n"),
    "front matter: dates": _run("- {due: 2025-01-01}\n", "due_history:\n"),
    "front matter: dependencies": _run("a,", "depends_on: [", "]"),
    "front matter: aliases": _listed("aliases"),
    "front matter: waivers": _run("{rule: a, reason: b},", "allow: [", "]"),
}
