"""What a published file holds besides what it shows."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What was found in a file. All words are ours and complete “it has …”; nothing is quoted from the file.

    `hidden` is content that readers do not see at once, `names` are names in its properties, `unreadable` says why it
    could not be looked into; these keep it out of copies for fewer than internal readers. `metadata` is what a picture
    holds beside itself and its published copy does not; `has_place` says that this may tell where it was taken.
    """

    hidden: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unreadable: str = ""
    metadata: tuple[str, ...] = ()
    has_place: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether nothing keeps it out of any copy."""
        return not (self.hidden or self.names or self.unreadable)


#: The report on a file in which there is nothing to report.
NOTHING_FOUND = FileReport()
