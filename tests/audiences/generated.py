"""Sites that use every field there is, each marked for anybody, and the same sites with what is hidden deleted by hand."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plansite.content.documents import DOCUMENT_TYPES
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    FieldType,
    Integer,
    Interval,
    ListOf,
    Number,
    RecordOf,
    Text,
    Url,
    declared_fields,
)
from plansite.model.status import Audience
from tests.sites import write

#: Words that nobody would write, one for each value; small letters and digits survive in addresses too.
TOKEN = re.compile(r"zq[0-9a-z]+qz")
#: Plans of each sort that matters: one that follows the site, one that is private of itself, one of no kind.
PLANS = {"service": "service", "talks": "counselling", "general": "general"}
#: Texts without which a file or an entry has nothing to show, or that others refer to.
_NEEDED = frozenset(
    {"title", "label", "text", "reason", "key", "ref", "slug", "email", "telephone", "to", "control", "service"}
)
_DAYS = ("2025-01-03", "2025-01-19", "2025-01-20", "2025-02-14")
_FOLDERS = {"owner": "owners", "agency": "agencies"}

Sees = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a list with a mark of its own."""

    mark: Audience | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refers:
    """A word that leads to something: the name of the file or entry that it leads to, and how that is called."""

    to: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, for some readers only where it has a mark; `by` stands where it says `{}`."""

    text: str
    mark: Audience | None
    by: Any = None


@dataclass(frozen=True, slots=True)
class File:
    """A document. `of` is the plan it belongs to, or empty; `lines` are of its text."""

    path: str
    of: str
    mark: Audience | None
    fields: Mapping[str, Any]
    lines: tuple[Line, ...]
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    """A site, and what is needed to know who may see what of it. `marks` are those of entries, by their names."""

    default: Audience
    files: Mapping[str, File]
    kinds: Mapping[str, str]
    marks: Mapping[str, Audience | None]

    def written(self, root: Path) -> Path:
        """The site as its writers left it."""
        return write(root, dict(self._texts(lambda _: True, None)))

    def deleted(self, root: Path, audience: Audience) -> Path:
        """The site in which somebody has deleted all that such a reader may not see."""
        return write(root, dict(self._texts(lambda name: self.is_seen(name, audience), audience)))

    @property
    def nameable(self) -> frozenset[str]:
        """What people are called whose files say nothing of readers: open files may name them."""
        files = (file for file in self.files.values() if file.path.split("/")[1] in _FOLDERS.values())
        return frozenset(Path(file.path).stem for file in files if file.mark is None)

    def is_seen(self, name: str, audience: Audience) -> bool:
        """Whether a file, or an entry of one, may be seen."""
        if name in self.marks:
            plan = name.partition("#")[0]
            mark = self.marks[name]
            return self.is_seen(plan, audience) and (mark is None or audience.sees(mark))
        return audience.sees(self._for(self.files[name]))

    def _for(self, file: File) -> Audience:
        """File over plan over site; plans of a private kind, and scores of a questionnaire, are internal."""
        if file.mark is not None:
            return file.mark
        if file.fields.get("scale"):
            return Audience.INTERNAL
        if file.of:
            return self._for(self.files[file.of])
        is_private = self.kinds.get(file.path.split("/")[2] if "/plans/" in file.path else "") == "counselling"
        return Audience.INTERNAL if is_private else self.default

    def _texts(self, sees: Sees, audience: Audience | None) -> Iterator[tuple[str, str]]:
        settings = f"title: Our plans\naudience: {self.default}\nrepository: https://example.org/r\n"
        yield "plansite.yaml", f"{settings}downloads: [calendars, registers, workbooks, documents]\n"
        for name, file in self.files.items():
            if not sees(name):
                continue
            if file.of and not sees(file.of):
                continue
            yield file.path, _text(file, lambda name: self._may_name(name, sees, audience), audience)
            yield from file.beside.items()

    def _may_name(self, name: str, sees: Sees, audience: Audience | None) -> bool:
        """Whoever is only not marked may still be named; whoever is marked may not."""
        file = self.files.get(name)
        if audience is not None and file and file.path.split("/")[1] in _FOLDERS.values():
            return file.mark is None or audience.sees(file.mark)
        return sees(name)


def _text(file: File, sees: Sees, audience: Audience | None) -> str:
    left = {key: value for key, value in file.fields.items() if _is_left(value, sees, audience)}
    head = "".join(f"{key}: {json.dumps(_shown(value, sees, audience))}\n" for key, value in left.items())
    mark = f"audience: {file.mark}\n" if file.mark else ""
    return f"---\n{head}{mark}---\n{_passages(file.lines, sees, audience)}\n"


def _passages(lines: tuple[Line, ...], sees: Sees, audience: Audience | None) -> str:
    """Each marked line is a passage; whoever deletes by hand deletes its marks as well."""
    shown = []
    for line in lines:
        by = _shown(line.by, sees, audience)
        text = line.text.replace("{}", f" ({by})" if by else "")
        if line.mark is None:
            shown.append(text)
        elif audience is None or audience.sees(line.mark):
            shown.extend((f"::: {line.mark}", text, ":::"))
    return "\n".join(shown)


def _shown(value: Any, sees: Sees, audience: Audience | None) -> Any:
    match value:
        case Part():
            mark = {"audience": str(value.mark)} if value.mark else {}
            return {**{key: _shown(each, sees, audience) for key, each in value.fields.items()}, **mark}
        case Refers():
            return value.words if sees(value.to) else None
        case list():
            return [_shown(each, sees, audience) for each in value if _is_left(each, sees, audience)]
        case dict():
            return {key: _shown(each, sees, audience) for key, each in value.items()}
    return value


def _is_left(value: Any, sees: Sees, audience: Audience | None) -> bool:
    if isinstance(value, Part):
        needed = (value.fields.get(each) for each in ("agency", "name"))
        if any(isinstance(each, Refers) and not sees(each.to) for each in needed):
            return False
        return value.mark is None or audience is None or audience.sees(value.mark)
    return not isinstance(value, Refers) or sees(value.to)


_MARKS = (None, None, *Audience)


class _Maker:
    """Makes a world by lot. Every text has a word of its own."""

    def __init__(self, seed: int) -> None:
        self._any = random.Random(seed).choice  # noqa: S311  (a lot, not a secret)
        self._count = 0
        self.files: dict[str, File] = {}
        self.marks: dict[str, Audience | None] = {}

    def token(self) -> str:
        self._count += 1
        return f"zq{self._count:x}xqz"

    def mark(self) -> Audience | None:
        mark: Audience | None = self._any(_MARKS)
        return mark

    def world(self) -> World:
        default = self._any(list(Audience))
        for kind in _FOLDERS:
            for _ in range(2):
                self._person(kind)
        for _ in range(3):
            self._framework()
        for plan, kind in PLANS.items():
            self._plan(plan, kind)
        for plan in PLANS:
            self._documents(plan)
        path = "content/index.md"
        self.files[path] = File(path, "", self.mark(), {"title": self.token()}, self._lines())
        return World(default, self.files, PLANS, self.marks)

    def _person(self, kind: str) -> None:
        path = f"content/{_FOLDERS[kind]}/{self.token()}.md"
        self.files[path] = File(path, "", self.mark(), {}, ())
        self._fill(path, kind)

    def _framework(self) -> None:
        """A framework of the site's own, with two standards."""
        name = self.token()
        standards = [
            {"id": f"{name}-{number}", "label": self.token(), "key_question": self.token()} for number in range(2)
        ]
        fields = {"label": self.token(), "version": self.token(), "ratings": ["low", "high"], "standards": standards}
        path = f"content/frameworks/{name}.yaml"
        self.files[path] = File(path, "", self.mark(), fields, ())

    def _plan(self, plan: str, kind: str) -> None:
        path = f"content/plans/{plan}/plan.md"
        self.files[path] = File(path, "", self.mark(), {}, ())
        for number in range(2):
            self.marks[f"{path}#goal-{number}"] = self.mark()
        names = [f"content/plans/{plan}/measures/{self.token()}.md" for _ in range(2)]
        for name in names:
            rows = "date,value\n2025-01-01,1\n2025-01-08,2\n"
            self.files[name] = File(name, path, self.mark(), {}, (), {f"{name[:-3]}.csv": rows})
        for folder, many in (("actions", 3), ("incidents", 2)):
            for _ in range(many):
                name = f"content/plans/{plan}/{folder}/{self.token()}.md"
                self.files[name] = File(name, path, self.mark(), {}, ())
        for folder in ("reviews", "assessments"):
            for day in ("2025-01-05", "2025-01-12"):
                name = f"content/plans/{plan}/{folder}/{day}.md"
                self.files[name] = File(name, path, self.mark(), {}, ())
        self._fill(path, "plan", kind=kind)

    def _documents(self, plan: str) -> None:
        for name, file in list(self.files.items()):
            if file.of == f"content/plans/{plan}/plan.md":
                self._fill(
                    name, {"actions": "action", "measures": "measure"}.get(name.split("/")[3], name.split("/")[3][:-1])
                )

    def _fill(self, path: str, sort: str, **fixed: str) -> None:
        file = self.files[path]
        skip = ("audience", "allow", *fixed)
        given = {
            each.name: self._value(path, each.name, each.field.kind)
            for each in declared_fields(DOCUMENT_TYPES[sort])
            if each.name not in skip and not (sort == "plan" and each.name == "goals")
        }
        if sort == "plan":
            given["goals"] = [self._goal(path, number) for number in range(2)]
        self.files[path] = File(path, file.of, file.mark, {**given, **fixed}, self._lines(path), file.beside)

    def _goal(self, path: str, number: int) -> Part:
        cls = next(each.field.kind.of.of for each in declared_fields(DOCUMENT_TYPES["plan"]) if each.name == "goals")  # type: ignore[union-attr]
        fields = {
            each.name: self._value(path, each.name, each.field.kind)
            for each in declared_fields(cls)
            if each.name != "audience"
        }
        return Part(self.marks[f"{path}#goal-{number}"], {**fields, "key": f"goal-{number}"})

    def _lines(self, path: str = "") -> tuple[Line, ...]:
        """A text with parts, steps, notes and links, any line of it for some readers only."""
        others = [name for name in self.files if name != path]
        to = f"/{self._any(others)}" if others and path else ""
        up = "../" * (path.count("/"))
        link = f"[{self.token()}]({up}{to.lstrip('/')})" if to else self.token()
        texts = [
            self.token(), "", f"> {self.token()} {link}", "", "## Steps", f"- [x] {self.token()}", f"- [ ] {self.token()}",
            "", "## Progress", f"- 2025-01-04{{}}: {self.token()}", f"- 2025-01-19: {self.token()}",
            "", "## Barriers", self.token(), "", f"## {self.token()}", "| a | b |", "|---|---|", f"| {self.token()} | x |",
        ]  # fmt: skip
        return tuple(Line(text, self._mark_of(text), self._somebody() if "{}" in text else None) for text in texts)

    def _mark_of(self, text: str) -> Audience | None:
        """Any line with a word of its own."""
        return self.mark() if TOKEN.search(text) else None

    def _named(self) -> str:
        return f"Someone {self.token()}"

    def _value(self, path: str, name: str, kind: FieldType) -> Any:
        special = self._people(name) or self._reference(path, name) or self._form(path, name)
        if special is not None:
            return special
        match kind:
            case Text() if name not in _NEEDED and self._any((True, False, False)):
                return self._mention()
            case ListOf():
                return [self._value(path, name, kind.of) for _ in range(2)]
            case RecordOf():
                return self._record(path, kind)
            case Either():
                return self._value(path, name, kind.rich)
        return self._plain(kind)

    def _plain(self, kind: FieldType) -> str:
        match kind:
            case Text():
                return f"{self.token()} said"
            case Date():
                return self._any(_DAYS)
            case Url():
                return f"https://example.org/{self.token()}"
            case ChoiceOf():
                return str(self._any(list(kind.of)))
        return {Integer: "1", Number: "5", Interval: "4 weeks"}[type(kind)]

    def _record(self, path: str, kind: RecordOf) -> Any:
        declared = declared_fields(kind.of)
        fields = {
            each.name: self._value(path, each.name, each.field.kind) for each in declared if each.name != "audience"
        }
        has_mark = any(each.name == "audience" for each in declared)
        return Part(self.mark(), fields) if has_mark else fields

    def _people(self, name: str) -> Any:
        """Fields that name people or agencies."""
        if name in ("owner", "sponsor", "by", "chair", "minute_taker", "contact", "asked_by", "decided_by", "service"):
            return self._somebody()
        if name in ("supporters", "present", "apologies", "distribution", "learning_for"):
            return [self._somebody(), self._somebody()]
        if name in ("agency", "agencies"):
            found = [Refers(each, Path(each).stem) for each in self.files if "/agencies/" in each]
            one = self._any(found) if found else self._named()
            return [one] if name == "agencies" else one
        return None

    def _reference(self, path: str, name: str) -> Any:
        """Fields that lead to other files, or to an entry of the plan's."""
        plan = "/".join(path.split("/")[:3])
        if name == "goal":
            number = self._any((0, 1))
            return Refers(f"{plan}/plan.md#goal-{number}", f"goal-{number}")
        if name == "measures":
            every = [each for each in self.files if each.startswith(f"{plan}/measures/")]
            return [Refers(to, Path(to).stem) for to in (self._any(every), self._any(every))]
        if name == "measure":
            to = self._any([each for each in self.files if each.startswith(f"{plan}/measures/")])
            return Refers(to, Path(to).stem)
        if name in ("standards", "standard", "framework"):
            own = self._any([each for each in self.files if "/frameworks/" in each])
            standard, stem = self._any((0, 1)), Path(own).stem
            of_ours = Refers(own, stem if name == "framework" else f"{stem}/{stem}-{standard}")
            return [of_ours, "Safeguarding"] if name == "standards" else of_ours
        if name == "rating":
            return self._any(("low", "high"))
        if name in ("depends_on", "actions"):
            every = [each for each in self.files if "/actions/" in each]
            return [self._action(path, self._any(every)) for _ in range(2)]
        return None

    def _form(self, path: str, name: str) -> Any:
        """Texts that are read more closely."""
        if name == "date" and ("/reviews/" in path or "/assessments/" in path):
            return Path(path).stem
        return {
            "aliases": [self.token()],
            "repeat": "every month for 6 months",
            "rebase": [{"date": "2025-01-08", "reason": self.token()}],
            "annotations": [{"date": "2025-01-08", "text": self.token()}],
            "email": f"{self.token()}@example.org",
            "next": "2025-02-14",
        }.get(name)

    def _somebody(self) -> Any:
        found = [each for each in self.files if "/owners/" in each or "/agencies/" in each]
        to = self._any([*found, ""]) if found else ""
        if not to:
            return self._named()
        title = self.files[to].fields.get("title")
        return Refers(to, self._any([Path(to).stem, title or Path(to).stem]))

    def _mention(self) -> Any:
        """A text that names somebody, and goes with the name."""
        somebody = self._somebody()
        if isinstance(somebody, Refers):
            return Refers(somebody.to, f"{self.token()} by {somebody.words}")
        return f"{self.token()} by {somebody}"

    def _action(self, path: str, to: str) -> Refers:
        own = path.split("/")[2] == to.split("/")[2]
        return Refers(to, Path(to).stem if own else f"{to.split('/')[2]}/{Path(to).stem}")


def world_of(seed: int) -> World:
    """A site with every field, marked at random."""
    return _Maker(seed).world()
