"""Every typing slip in a mark, and every place where a mark may stand, with a canary that it hides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from plansite.content.documents import DOCUMENT_TYPES
from plansite.model.fields import Either, FieldType, ListOf, NamedField, RecordOf, Text, declared_fields
from plansite.model.status import Audience

#: Neighbours on a keyboard of Britain; a line stands half a key to the right of the one above.
_ROWS = ("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "\\zxcvbnm,./")
_SHIFTED = dict(zip("`1234567890-=[];'#\\,./", '¬!"£$%^&*()_+{}:@~|<>?', strict=True))
_LOOK_ALIKES = {
    "a": "аɑ4", "c": "сϲ", "d": "ԁ", "e": "еé3", "i": "іıl1", "k": "кκ", "l": "1Iӏ", "n": "ո", "o": "о0", "p": "рρ",
    "r": "г", "s": "ѕ5", "t": "τ7", "u": "υ", "b": "Ь6", ":": "：﹕∶ː;꞉.", " ": "\u00a0\u3000\u2009\u200b\t\n", "-": "–—", "=": "＝",
    ",": "，;.", "{": "｛", "}": "｝",
}  # fmt: skip
#: The marks of a passage for the audiences that can be hidden from, and those of fields.
INTERNAL, PARTNERS = Audience.INTERNAL, Audience.PARTNERS
CANARY = "Canary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file with a mark and, behind it, a canary: the text before the mark, the mark, and the text behind it.

    `others` are the other files of the site. `hidden_from` are the audiences that must not see the canary.
    """

    name: str
    path: str
    before: str
    mark: str
    behind: str
    others: Mapping[str, str]
    hidden_from: tuple[Audience, ...] = (Audience.PARTNERS, Audience.PUBLIC)

    def with_mark(self, mark: str) -> dict[str, str]:
        """The files of the site with another mark in its place."""
        return {**self.others, self.path: f"{self.before}{mark}{self.behind}"}


def make_slips(mark: str) -> list[str]:
    """The mark with each typing slip, in order and without duplicates."""
    found = dict.fromkeys(itertools.chain(*(_slips_at(mark, at) for at in range(len(mark)))))
    found.update(
        dict.fromkeys((mark.upper(), mark.title(), mark.swapcase(), f"{mark} ", f" {mark}", f'"{mark}"', f"- {mark}"))
    )
    found.pop(mark, None)
    return list(found)


def _slips_at(mark: str, at: int) -> Iterator[str]:
    """Left out, doubled, swapped with the next, replaced, in the other case, and with a space or a line put in before."""
    start, sign, end = mark[:at], mark[at], mark[at + 1 :]
    yield start + end
    yield start + sign * 2 + end
    yield start + end[:1] + sign + end[1:]
    yield start + sign.swapcase() + end
    for other in (*_neighbours(sign), *_LOOK_ALIKES.get(sign.lower(), "")):
        yield start + other + end
        yield start + other + sign + end
    for blank in (" ", "\u00a0", "\n"):
        yield start + blank + sign + end
    if "!" < sign < "\x7f":
        yield start + chr(ord(sign) + 0xFEE0) + end


def _neighbours(sign: str) -> Iterator[str]:
    is_shifted = sign in _SHIFTED.values()
    key = next((plain for plain, shifted in _SHIFTED.items() if shifted == sign), sign.lower())
    for row, line in enumerate(_ROWS):
        at = line.find(key)
        if key.strip() and at >= 0:
            for other, place in (
                (row, at - 1),
                (row, at + 1),
                (row - 1, at),
                (row - 1, at + 1),
                (row + 1, at - 1),
                (row + 1, at),
            ):
                if 0 <= other < len(_ROWS) and 0 <= place < len(_ROWS[other]):
                    near = _ROWS[other][place]
                    yield near
                    yield from (_SHIFTED.get(near, near.upper()),) if is_shifted else ()
            yield _SHIFTED.get(key, key.upper()) if not is_shifted else key
    if sign == " ":
        yield from "cvbnm"


_OPEN_PLAN = "---\ntitle: Open plan\nkind: service\n---\nOpen.\n"
_OPEN_ACTION = "---\ntitle: Open action\n---\nOpen.\n"
_PLAN, _ACTION = "content/plans/p/plan.md", "content/plans/p/actions/a.md"
_PATHS = {
    "plan": _PLAN, "action": _ACTION, "review": "content/plans/p/reviews/2025-01-01.md",
    "assessment": "content/plans/p/assessments/2025-01-01.md",
    "incident": "content/plans/p/incidents/i.md", "measure": "content/plans/p/measures/m.md",
    "owner": "content/owners/somebody.md", "agency": "content/agencies/somebody.md", "front page": "content/index.md",
}  # fmt: skip
_OTHERS = {_PLAN: _OPEN_PLAN, _ACTION: _OPEN_ACTION}
#: A person's name is hidden in other files too.
_NAMES = {"owner": "owner: {0}\nsupporters: [{0}]\n", "agency": "source: x\nsupporters: [{0}]\n"}


def list_places() -> Iterator[Place]:
    """Every place where a mark may stand."""
    yield from _list_file_places()
    yield from _list_kind_places()
    yield from _list_entry_places()
    yield from _list_passage_places()
    yield from _list_field_places()


def _list_file_places() -> Iterator[Place]:
    """A line `audience` in the front matter of each kind of file, first, last, and behind values of each form."""
    lines_before = {
        "plain": "title: Canary\n", "quoted": "title: 'Canary'\n", "list": "title: Canary\ntags:\n- a\n- b\n",
        "indented list": "title: Canary\ntags:\n  - a\n", "flow": "title: Canary\ntags: [a, b]\n",
        "empty": "title: Canary\nreason:\n", "block": "title: Canary\nresources: |\n  a\n  b\n", "folded": "resources: >-\n a\ntitle: Canary\n",
        "group": "title: Canary\nverification:\n  by: A\n", "narrow group": "title: Canary\nverification:\n by: A\n",
        "entries": "title: Canary\nevidence:\n  - label: A\n    url: a.pdf\n", "flow group": "title: Canary\nsource: {kind: a, ref: b}\n",
        "date": "title: Canary\ndue: 2025-01-01\n",
    }  # fmt: skip
    for kind, path in _PATHS.items():
        forms = (
            lines_before if kind == "action" else {name: lines_before[name] for name in ("plain", "quoted", "empty")}
        )
        others = {each: text for each, text in _OTHERS.items() if each != path}
        if kind in _NAMES:
            others[_ACTION] = f"---\ntitle: Open\n{_NAMES[kind].format(CANARY)}---\n"
        for form, before in forms.items():
            for reader in (INTERNAL, PARTNERS):
                place = Place(
                    name=f"{kind} behind {form}", path=path, before=f"---\n{before}", mark=f"audience: {reader}",
                    behind="\n---\nCanary.\n", others=others, hidden_from=_hidden_from(reader),
                )  # fmt: skip
                yield place
                yield replace(
                    place, name=f"{kind} in front of {form}", before="---\n", behind=f"\n{before}---\nCanary.\n"
                )
                if form == "plain":
                    yield replace(place, mark=f'audience: "{reader}"')
                    # A sign that moves over the end of the line changes the word there, which must not be the name.
                    yield replace(
                        place, mark=f"\naudience: {reader}\n", before=f"---\n{before}role: a", behind="---\nCanary.\n"
                    )


def _hidden_from(reader: Audience) -> tuple[Audience, ...]:
    return tuple(audience for audience in Audience if not audience.sees(reader))


def _list_kind_places() -> Iterator[Place]:
    """The kind of a plan that is private."""
    for kind in ("counselling", "integrated"):
        for before, behind in (
            ("title: Canary\n", ""), ("", "title: Canary\n"), ("title: Canary\ntags: [a]\n", "objective: Canary\n"),
            ("title: Canary\nowner:\n", "tags:\n- a\n"), ("title: Canary\ngoals:\n  - {key: a, title: Canary}\n", ""),
        ):  # fmt: skip
            yield Place(
                name=f"kind {kind}", path=_PLAN, before=f"---\n{before}", mark=f"kind: {kind}",
                behind=f"\n{behind}---\nCanary.\n", others={_ACTION: "---\ntitle: Canary\n---\n"},
            )  # fmt: skip


def _list_entry_places() -> Iterator[Place]:
    """Each entry and each group of fields that may have an audience, in each notation of YAML."""
    for kind, field, record, is_list in _list_records():
        text = next(each.name for each in declared_fields(record) if isinstance(each.field.kind, Text))
        dates = "".join(
            f"{each.name}: 2025-01-0{number + 1}, "
            for number, each in enumerate(declared_fields(record))
            if each.name in ("due", "date")
        )
        flow = f"{dates}{text}: {CANARY}"
        start, end = ("[", "]") if is_list else ("", "")
        for reader in (INTERNAL, PARTNERS):
            mark = f"audience: {reader}"
            forms = [
                (f"{field}: {start}{{{flow}, ", mark, f"}}{end}\n"),
                (f"{field}: {start}{{{flow}", f", {mark}}}", f"{end}\n"),
                (f"{field}: {start}{{", mark, f", {flow}}}{end}\n"),
                *_block_forms(field, flow.split(", "), mark, is_list=is_list),
            ]
            for before, each, behind in forms:
                yield Place(
                    name=f"{kind}.{field}", path=_PATHS[kind], before=f"---\ntitle: Open\n{before}", mark=each,
                    behind=f"{behind}---\n", others={path: text for path, text in _OTHERS.items() if path != _PATHS[kind]},
                    hidden_from=_hidden_from(reader),
                )  # fmt: skip


def _block_forms(field: str, lines: list[str], mark: str, *, is_list: bool) -> Iterator[tuple[str, str, str]]:
    if not is_list:
        indented = "".join(f"  {line}\n" for line in lines)
        yield f"{field}:\n{indented}", f"  {mark}", "\n"
        yield f"{field}:\n", f"  {mark}", f"\n{indented}"
        return
    for indent in ("", "  "):
        first, *rest = lines
        begin, following = f"{field}:\n{indent}- {first}\n", "".join(f"{indent}  {line}\n" for line in rest)
        yield begin + following, f"{indent}  {mark}", "\n"
        yield f"{field}:\n", f"{indent}- {mark}", "\n" + "".join(f"{indent}  {line}\n" for line in lines)
    quoted = [line.replace(CANARY, f'"{CANARY}"') for line in lines]
    yield f"{field}:\n  - " + "\n    ".join(quoted) + "\n", f"    {mark}", "\n"


def _list_records() -> Iterator[tuple[str, str, type, bool]]:
    for kind, cls in DOCUMENT_TYPES.items():
        for declared in declared_fields(cls):
            record, is_list = _find_record(declared.field.kind)
            if record and any(each.name == "audience" for each in declared_fields(record)):
                yield kind, declared.name, record, is_list


def _find_record(kind: FieldType) -> tuple[type | None, bool]:
    match kind:
        case RecordOf():
            return kind.of, False
        case ListOf():
            return _find_record(kind.of)[0], True
        case Either():
            return _find_record(kind.rich)
    return None, False


def _list_passage_places() -> Iterator[Place]:
    """The marker that begins a passage, and the one that ends it, in each surrounding that Markdown has."""
    surroundings = {
        "start": ("", "\nCanary.\n:::\n"), "middle": ("Open.\n\n", "\nCanary.\n:::\nOpen.\n"),
        "list": ("- Open\n- ", "\n- Canary\n- :::\n- Open\n"), "nested list": ("1. Open\n   - ", "\n   - Canary\n     :::\n"),
        "quotation": ("> Open\n> ", "\n> Canary\n> :::\n> Open\n"), "steps": ("## Steps\n- [ ] Open\n", "\n- [ ] Canary\n:::\n"),
        "notes": ("## Progress\n- 2025-01-01 (A): Open\n", "\n- 2025-01-02 (A): Canary\n:::\n- 2025-01-03: Open\n"),
        "one line": ("Open.\n", " Canary. :::\nOpen.\n"), "within a line": ("Open. ", " Canary. :::\nOpen.\n"),
        "to the end": ("Open.\n", "\nCanary.\n"), "one line to the end": ("Open. ", " Canary.\n"),
        "heading": ("# ", "\nCanary.\n:::\n"), "code": ("```\n", "\nCanary.\n:::\n```\n"), "table": ("| a | b |\n|---|---|\n| ", " Canary ::: | x |\n"),
        "emphasis": ("*Open* **", " Canary :::**\n"), "within another": ("::: partners\nCanary.\n", "\nCanary.\n:::\nCanary.\n:::\n"),
        "behind another": ("::: internal\nCanary.\n:::\nOpen.\n", "\nCanary.\n:::\n"),
    }  # fmt: skip
    for (name, (before, behind)), kind in itertools.product(
        surroundings.items(), ("action", "plan", "front page", "owner")
    ):
        for reader in (INTERNAL, PARTNERS):
            place = Place(
                name=f"passage at {name} of {kind}", path=_PATHS[kind], before=f"---\ntitle: Open\n---\n{before}",
                mark=f"::: {reader}", behind=behind, others={path: text for path, text in _OTHERS.items() if path != _PATHS[kind]},
                hidden_from=(Audience.PUBLIC,) if name == "within another" else _hidden_from(reader),
            )  # fmt: skip
            if kind == "action" or name in ("start", "middle", "one line"):
                yield place
            if kind == "action":
                yield replace(place, mark=f":::{reader}", name=f"{place.name}, no space")
                end = behind.rfind(":::")
                if end >= 0:
                    yield replace(
                        place, name=f"end of {place.name}", before=f"{place.before}{place.mark}{behind[:end]}",
                        mark=":::", behind=behind[end + 3 :],
                    )  # fmt: skip


def _list_field_places() -> Iterator[Place]:
    """A marker of a passage in each text field: nothing of the field is shown."""
    for kind, cls in DOCUMENT_TYPES.items():
        for declared in declared_fields(cls):
            for before, behind in _field_forms(declared):
                yield Place(
                    name=f"{kind}.{declared.name} with a passage", path=_PATHS[kind], before=f"---\n{before}", mark="::: internal",
                    behind=f"{behind}---\n", others={path: text for path, text in _OTHERS.items() if path != _PATHS[kind]},
                )  # fmt: skip


def _field_forms(declared: NamedField) -> Iterator[tuple[str, str]]:
    name = declared.name
    match declared.field.kind:
        case Text():
            yield f'{name}: "Open ', ' Canary"\n'
            yield f"{name}: |\n  Open\n  ", "\n  Canary\n  :::\n"
        case ListOf(of=Text()):
            yield f'{name}: [Open, "', '", Canary, ":::"]\n'
        case Either() | ListOf(of=Either()):
            yield f'{name}: "Open ', ' Canary"\n'
        case RecordOf() | ListOf(of=RecordOf()):
            record, _ = _find_record(declared.field.kind)
            assert record is not None
            text = next(each.name for each in declared_fields(record) if isinstance(each.field.kind, Text))
            yield f'{name}: {{due: 2025-01-01, date: 2025-01-01, {text}: "Open ', ' Canary"}\n'
