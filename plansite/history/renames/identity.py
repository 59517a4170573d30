"""What tells a document from others: its address, its title, its number, its day, and what people wrote in it."""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import pairwise

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.history.change import ChangeValue
from plansite.history.versions import NOTES, STEPS, TEXT_PREFIX, DocumentVersion
from plansite.model.slugs import collision_key

#: Words of a document that are compared. More would take longer and decide nothing.
_MAX_WORDS = 400
_HEADING = compile_lazily(r"<h([1-6])\b.*?</h\1>", re.DOTALL)
_TAG = compile_lazily(r"<[^>]*>")
#: A word; of scripts that are written without spaces (Thai, Lao, Khmer, Chinese, Japanese) each character is one.
_WORD = compile_lazily(r"[\u0e00-\u0eff\u1780-\u17ff\u2e80-\u9fff\U00020000-\U0003ffff]|[^\W_]+")
#: Fields with shorter values hold a name, a date or a choice, which documents have in common by chance.
_MIN_FIELD_WORDS = 4
#: Fields that are compared in their own right, and those that only record or configure something.
_OTHER_FIELDS = frozenset({"title", "ref", "due_history", "allow", "aliases", "audience"})
#: Fields that say something of one action or plan. An edit that goes with a new name leaves most of them as they are.
_FACT_FIELDS = ("owner", "sponsor", "goal", "due", "start", "end", "source", "source.kind", "source.ref")
#: The ids of a file without a byte, in SHA-1 and SHA-256.
_EMPTY_BLOBS = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
#: The day on which something was agreed or happened. It stays when a file is renamed.
_DAY_FIELDS = {"action": "created", "review": "date", "incident": "date", "assessment": "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentIdentity:
    """What two versions of documents are compared by.

    `blob_id` is the id of the file's bytes, empty if there are none. `title` holds the words of the title, `ref` the
    number, `day` the day on which an action was agreed or a review or incident took place. `aliases` are earlier
    addresses that the file gives, folded.

    `word_pairs` are checksums of all pairs of consecutive words that people wrote below the front matter and in longer
    fields; headings, names of fields and short values are left out. `text` is a checksum of these words in order.
    `facts` are the names and values of some short fields. `has_common_title` and `has_common_ref` say that other
    documents on the same side of a comparison have the same title or number.
    """

    kind: str
    plan: str
    slug: str
    path: str
    blob_id: str = ""
    is_readable: bool = True
    title: tuple[str, ...] = ()
    ref: str = ""
    day: str = ""
    aliases: frozenset[tuple[str, str]] = frozenset()
    word_pairs: frozenset[int] = frozenset()
    text: int = 0
    facts: frozenset[tuple[str, str]] = frozenset()
    has_common_title: bool = False
    has_common_ref: bool = False

    @property
    def address(self) -> tuple[str, str]:
        """The plan and the slug, as `fold_address` gives them."""
        return fold_address(self.plan, self.slug)


def fold_address(plan: str, slug: str) -> tuple[str, str]:
    """A plan and a slug without what some computers do not tell apart, such as case."""
    return collision_key(plan), collision_key(slug)


def identify(kind: str, path: str, version: DocumentVersion, blob_id: str = "") -> DocumentIdentity:
    """The identity of one version of a document at a path of the site."""
    values = version.values
    blob_id = "" if blob_id in _EMPTY_BLOBS else blob_id
    if values is None:
        return DocumentIdentity(
            kind=kind, plan=version.plan, slug=version.slug, path=path, blob_id=blob_id, is_readable=False
        )
    words = _list_written_words(values)
    return DocumentIdentity(
        kind=kind,
        plan=version.plan,
        slug=version.slug,
        path=path,
        blob_id=blob_id,
        title=tuple(split_words(str(values.get("title", "")))),
        ref=str(values.get("ref", "")).strip(),
        day=str(values.get(_DAY_FIELDS.get(kind, ""), "")),
        aliases=frozenset(_parse_aliases(version.plan, values.get("aliases", ()))),
        word_pairs=frozenset(_list_pairs(words)),
        text=zlib.crc32(" ".join(word for part in words for word in part).encode("utf-8", "replace")),
        facts=frozenset((name, str(values[name])) for name in _FACT_FIELDS if name in values),
    )


def split_words(text: str) -> list[str]:
    """The words of a text, folded so that case and compatibility forms do not matter."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _parse_aliases(plan: str, aliases: Iterable[str]) -> Iterator[tuple[str, str]]:
    for alias in aliases:
        alias_plan, _, slug = alias.rpartition("/")
        yield fold_address(alias_plan or plan, slug)


def _list_written_words(values: Mapping[str, ChangeValue]) -> list[list[str]]:
    """The words of each text, at most `_MAX_WORDS` together: texts and steps first, then fields, then notes."""
    names = sorted(values, key=lambda name: (name == NOTES, not name.startswith(TEXT_PREFIX) and name != STEPS))
    parts: list[list[str]] = []
    remaining = _MAX_WORDS
    for name in names:
        for text in _list_texts(name, values[name]):
            words = split_words(text[: remaining * 40])[:remaining]
            remaining -= len(words)
            parts.append(words)
            if remaining <= 0:
                return parts
    return parts


def _list_texts(name: str, value: ChangeValue) -> Iterator[str]:
    items = (value,) if isinstance(value, str) else value
    if name.startswith(TEXT_PREFIX):
        yield from (unescape(_TAG.sub(" ", _HEADING.sub(" ", item))) for item in items)
    elif name == STEPS:
        yield from (item[4:] for item in items)
    elif name == NOTES:
        yield from items
    elif name.partition(".")[0] not in _OTHER_FIELDS:
        texts = (text for item in items for text in _list_record_texts(item))
        yield from (text for text in texts if len(text.split(None, _MIN_FIELD_WORDS)) >= _MIN_FIELD_WORDS)


def _list_record_texts(item: str) -> Iterator[str]:
    """The text itself; of a record, which is a JSON object, the texts in it without the names of its fields."""
    if item.startswith("{"):
        try:
            record = json.loads(item)
        except ValueError:
            record = None
        if isinstance(record, dict):
            yield from (value for value in record.values() if isinstance(value, str))
            return
    yield item


def _list_pairs(parts: Iterable[list[str]]) -> Iterator[int]:
    for words in parts:
        for first, second in pairwise(words):
            yield zlib.crc32(f"{first} {second}".encode("utf-8", "replace"))
