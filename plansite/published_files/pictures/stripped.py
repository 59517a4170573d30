"""The result of stripping a picture, and reading big and little numbers of it."""

from __future__ import annotations

from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.published_files.errors import UnreadableContentError

#: More parts than any camera or program writes. It bounds the time that a hostile file takes.
MAX_PARTS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StrippedPicture:
    """A picture without metadata, what was left out in words, and whether that may tell where it was taken."""

    data: bytes
    metadata: tuple[str, ...] = ()
    has_place: bool = False


@dataclass(slots=True)
class PictureParts:
    """Collects the parts that are kept, and notes what is left out."""

    parts: list[bytes] = field(default_factory=list)
    metadata: dict[str, None] = field(default_factory=dict)
    has_place: bool = False
    orientation: int = 1

    def keep(self, part: bytes) -> None:
        """Keep a part of the picture."""
        self.parts.append(part)

    def drop(self, words: str, *, has_place: bool = False) -> None:
        """Note that something is left out."""
        self.metadata[words] = None
        self.has_place = self.has_place or has_place

    def drop_tail(self, tail: bytes) -> None:
        """Note what follows the end of the picture: a film, a second picture, an earlier state, or anything else."""
        if tail:
            self.drop("data after its end", has_place=True)

    def finish(self, data: bytes | None = None) -> StrippedPicture:
        """The picture without what was left out."""
        return StrippedPicture(
            data=b"".join(self.parts) if data is None else data,
            metadata=tuple(self.metadata),
            has_place=self.has_place,
        )


class PictureReader:
    """Reads a picture from the start, and raises UnreadableContentError where it ends too early."""

    def __init__(self, data: bytes, position: int = 0) -> None:
        """At `position`."""
        self.data, self.position = data, position
        self._parts = 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        end = self.position + size
        if end > len(self.data):
            raise UnreadableContentError("is cut short")
        part = self.data[self.position : end]
        self.position = end
        return part

    def take_number(self, size: int, byteorder: str = "big") -> int:
        """The next bytes as a number."""
        return int.from_bytes(self.take(size), "little" if byteorder == "little" else "big")

    def count_part(self) -> None:
        """Count a part, and refuse a picture with too many."""
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise UnreadableContentError("has too many parts")

    @property
    def rest(self) -> bytes:
        """All that is left."""
        return self.data[self.position :]


def is_colour_profile(profile: bytes) -> bool:
    """Whether these bytes are one ICC profile and nothing else: its size and its signature are as they should be."""
    return len(profile) >= 132 and int.from_bytes(profile[:4], "big") == len(profile) and profile[36:40] == b"acsp"
