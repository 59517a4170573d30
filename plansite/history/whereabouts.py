"""Whether a document that is not in its place has only moved, and where to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plansite.content.documents import Place
from plansite.history.version import Version
from plansite.model.action import Action
from plansite.model.people import same_name
from plansite.model.site import Document


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that is nowhere in its place, with what it said of itself, as far as it could be read."""

    place: Place
    version: Version

    def said(self, name: str) -> str:
        """The value of a field, if it has one."""
        return str((self.version.values or {}).get(name, ""))


@dataclass(slots=True)
class Moves:
    """Tells where a document has gone. A new file stands for one that is gone, and for no other.

    `taken` are the new paths by the old ones, as far as they have been told.
    """

    aliases: frozenset[tuple[str, str]]
    new: dict[str, Document]
    renames: Mapping[str, str]
    taken: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, here: Iterable[Document], known: Iterable[str], renames: Mapping[str, str]) -> Moves:
        """From the documents that are here now, the paths known of then, and what git takes for the same."""
        documents, before = tuple(here), frozenset(known)
        aliases = (alias for each in documents if isinstance(each, Action) for alias in _aliases(each))
        return cls(frozenset(aliases), {each.path: each for each in documents if each.path not in before}, renames)

    def explain(self, gone: Gone) -> bool:
        """Whether it has only moved."""
        if gone.place.kind == "action" and (gone.version.plan, gone.version.slug) in self.aliases:
            return True
        path = self.renames.get(gone.place.path, "")
        if path not in self.new:
            path = next((each.path for each in self.new.values() if _is_same(gone, each)), "")
        if path:
            self.taken[gone.place.path] = path
            del self.new[path]
        return bool(path)


def _aliases(action: Action) -> Iterator[tuple[str, str]]:
    for alias in action.aliases:
        plan, _, slug = alias.rpartition("/")
        yield plan or action.plan, slug


def _is_same(gone: Gone, new: Document) -> bool:
    if type(new).__name__.lower() != gone.place.kind:
        return False
    title, ref = gone.said("title"), gone.said("ref")
    if title and same_name(new.title) == same_name(title):
        return True
    return bool(ref) and isinstance(new, Action) and (new.plan, new.ref) == (gone.version.plan, ref)
