"""The kinds of notice that a law sets days for, and the names by which they are known."""

from __future__ import annotations

import functools
import itertools

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.people import normalise_name


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """A kind of notice: its name, the days allowed for the reply, and the law or guidance that says so.

    `synonyms` are the names by which it is known, in words between spaces.
    """

    name: str
    days: int
    source: str
    synonyms: tuple[str, ...]


_REGULATED_ACTIVITIES = "Health and Social Care Act 2008 (Regulated Activities) Regulations 2014"
#: Days count from the day after the notice is received. Those of a coroner's report count, in law, from the day after
#: it was sent; such a report names the day, which goes into `due` where the two differ.
NOTICE_KINDS = (
    NoticeKind(
        name="requirement notice",
        days=28,
        source=f"{_REGULATED_ACTIVITIES}, regulation 17(3)",
        synonyms=(
            "requirement notice",
            "requirement notices",
            "requirements notice",
        ),
    ),
    NoticeKind(
        name="regulation 17(3) request",
        days=28,
        source=f"{_REGULATED_ACTIVITIES}, regulation 17(3)",
        synonyms=(
            "regulation 17 3",
            "regulation 17 3 request",
            "regulation 17 3 letter",
            "regulation 17 3 notice",
            "regulation 17 3 report",
            "request under regulation 17 3",
            "report under regulation 17 3",
            "action plan request",
            "request for an action plan",
        ),
    ),
    NoticeKind(
        name="prevention of future deaths report",
        days=56,
        source="Coroners (Investigations) Regulations 2013, regulations 28 and 29",
        synonyms=(
            "prevention of future deaths report",
            "prevention of future death report",
            "prevention of future deaths",
            "preventing future deaths report",
            "report on the prevention of future deaths",
            "report to prevent future deaths",
            "report to prevent other deaths",
            "pfd report",
            "pfd",
            "regulation 28 report",
            "report under regulation 28",
            "regulation 28",
        ),
    ),
)

#: The words and numbers of a name, also where they stand together: `reg28`.
_WORD = compile_lazily(r"\d+|[^\W\d_]+")
#: What may come before a name: who sent it.
_SENDERS = frozenset(
    {"area", "assistant", "care", "chief", "commission", "coroner", "coroners", "cqc", "hm", "quality", "senior"}
)
#: Words that make no difference.
_SMALL_WORDS = frozenset({"a", "an", "and", "for", "of", "on", "our", "s", "the", "to"})
_REGULATION = frozenset({"r", "reg", "regs", "regulations"})
#: What may follow a name without making it another kind: what the notice is about, and its date or number.
_MORE = frozenset(
    {
        "about",
        "concerning",
        "dated",
        "from",
        "no",
        "number",
        "ref",
        "reference",
        "regarding",
        "regulation",
        "under",
    }
)
_Words = tuple[str, ...]


def find_notice_kind(name: str) -> NoticeKind | None:
    """The kind of a notice by its name, such as "CQC requirement notice" or "Reg. 17(3) request"; None for others.

    The name may go on with another name of the same kind, with what the notice is about, or with a number:
    "requirement notice, regulation 12". It must not be part of another name: a warning notice has days of its own, and
    so has an appeal against a requirement notice.
    """
    return _find_kind(_split_words(name))


@functools.lru_cache(maxsize=256)
def _find_kind(words: _Words) -> NoticeKind | None:
    return next((kind for kind in NOTICE_KINDS if _is_name_of(kind, words)), None)


def _is_name_of(kind: NoticeKind, words: _Words) -> bool:
    """Whether these words are a name of that kind, with or without more behind it."""
    rests = [words[len(name) :] for name in _list_names(kind) if words[: len(name)] == name]
    return any(not rest or rest[0] in _MORE or rest[0].isdecimal() or _is_name_of(kind, rest) for rest in rests)


@functools.cache
def _list_names(kind: NoticeKind) -> tuple[_Words, ...]:
    return tuple(_split_words(name) for name in kind.synonyms)


def _split_words(name: str) -> _Words:
    """The words of a name in small letters, without small words and without who sent it."""
    words = ["regulation" if word in _REGULATION else word for word in _WORD.findall(normalise_name(name))]
    words = [word for word in words if word not in _SMALL_WORDS]
    return tuple(itertools.dropwhile(_SENDERS.__contains__, words))
