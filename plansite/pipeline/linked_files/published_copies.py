"""The copies of linked files that are published: as they are, or pictures without their metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plansite.content.files import CONTENT_FOLDER, locate_file
from plansite.content.source_tree import SourceTree
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.model.evidence.file_report import NOTHING_FOUND, FileReport
from plansite.pipeline.linked_files.file_reports import require_same_content
from plansite.published_files.pictures.strip import strip_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCopy:
    """A file as it is published. `is_stripped` says that its metadata is left out of the copy.

    The bytes of one that `is_checked` must be those that were looked into.
    """

    file: FileInFolder
    path: str
    content_hash: str
    is_stripped: bool
    is_checked: bool

    @property
    def fingerprint(self) -> str:
        """Copies with the same fingerprint have the same bytes."""
        return f"{self.content_hash}{' stripped' if self.is_stripped else ''}"

    def load(self) -> bytes | FileInFolder:
        """The bytes of the copy, or the file where it is copied as it is.

        Raises FileChangedError where the file is not the one that was looked into, and OSError.
        """
        if not self.is_checked and not self.is_stripped:
            return self.file
        data = self.file.read()
        require_same_content(self.path, data, self.content_hash)
        return strip_picture(data).data if self.is_stripped else data


def list_linked_copies(
    source: SourceTree, linked_files: Mapping[str, str], reports: Mapping[str, FileReport], *, sees_all: bool
) -> Iterator[tuple[str, LinkedCopy]]:
    """Each linked file by output path, from output path and path in the site.

    A copy for internal readers, who `sees_all`, is stripped only where the metadata may tell where a picture was taken:
    else the file is evidence as it is. For all others everything is stripped, and a file that nobody looked into is a
    fault of ours: raises KeyError.
    """
    for output_path, path in linked_files.items():
        report = reports.get(path, NOTHING_FOUND) if sees_all else reports[path]
        yield (
            output_path,
            LinkedCopy(
                file=locate_file(source.root, CONTENT_FOLDER, path),
                path=path,
                content_hash=source.hashes.get(path, ""),
                is_stripped=bool(report.metadata) and (report.has_place or not sees_all),
                is_checked=not sees_all,
            ),
        )
