"""Earlier places of the folders that a site reads, where a site was moved into another folder, or out of one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.history.git import run_git
from plansite.history.log import ChangedFile, Commit, read_changed_files
from plansite.history.repository import ContentFolder


@dataclass(frozen=True, slots=True)
class FolderMove:
    """A folder that was moved with a commit: where it was before and after.

    `is_copy` says that the old folder was deleted by a later commit.
    """

    commit_id: str
    before: ContentFolder
    after: ContentFolder
    is_copy: bool = False


def find_folder_move(folder: Path, head: str, mainline: Sequence[Commit], after: ContentFolder) -> FolderMove | None:
    """How the documents of a folder came there, if they were moved there from another folder of the repository.

    `mainline` are commits with the files in that folder, newest first; `folder` is the top of the repository. They were
    moved if at least half of the documents in the first commit that has any were in another folder before, all at the
    same path below it, and are there no longer: in that commit, or at the latest in `head`.
    """
    first = next((commit for commit in reversed(mainline) if any(_list_new_documents(commit, after))), None)
    if first is None or not first.parents:
        return None
    earlier_paths = _list_files(folder, first.parents[0], after.repository_path)
    if any(after.find_location(path) for path in earlier_paths):
        return None
    documents = frozenset(_list_new_documents(first, after))
    parent = first.parents[0]
    gone = [file.old_path for file in read_changed_files(folder, parent, first.commit_id) if not file.new_blob]
    place = _find_common_folder(gone, documents)
    is_copy = place is None
    if place is None:
        place = _find_common_folder(_list_files(folder, parent), documents)
        if place is not None and any(_list_documents(_list_files(folder, head, place), documents, place)):
            return None  # the folder was copied
    if place is None or place == after.repository_path:
        return None
    return FolderMove(first.commit_id, replace(after, repository_path=place), after, is_copy)


def _list_new_documents(commit: Commit, folder: ContentFolder) -> Iterator[str]:
    """The paths below the folder of the documents that a commit added to it."""
    for file in commit.files:
        if file.new_blob and not file.old_blob and folder.find_location(file.path):
            yield _inner_path(file.path, folder.repository_path)


def _inner_path(path: str, folder: str) -> str:
    return path.removeprefix(f"{folder}/") if folder else path


def _find_common_folder(paths: Iterable[str], documents: frozenset[str]) -> str | None:
    """The folder below which at least half of the documents are; None if there is no such folder."""
    counts: Counter[str] = Counter()
    for path in paths:
        parts = path.split("/")
        counts.update("/".join(parts[:end]) for end in range(len(parts)) if "/".join(parts[end:]) in documents)
    place, count = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return place if count and 2 * count >= len(documents) else None


def _list_documents(paths: Iterable[str], documents: frozenset[str], folder: str) -> Iterator[str]:
    return (path for path in paths if _inner_path(path, folder) in documents)


def _list_files(top: Path, commit: str, folder: str = "") -> list[str]:
    """The paths of all files of a commit, or of those in one folder."""
    paths = ("--", folder) if folder else ()
    output = run_git(top, "ls-tree", "-r", "-z", "--full-tree", "--name-only", commit, *paths).output
    return [os.fsdecode(path) for path in output.split(b"\0") if path]


@dataclass(frozen=True, slots=True)
class TracedMainline:
    """All commits that were read, and those of the mainline, newest first, with the folders of the site in each.

    With the commit that moved a folder there are both the old and the new one.
    """

    commits: Sequence[Commit]
    mainline: Sequence[Commit]
    folders: Sequence[tuple[ContentFolder, ...]]


#: Moves of one site that are followed.
_MAX_MOVES = 10
#: Reads the mainline again with the files in more folders, given by their paths.
ReadMainline = Callable[[Sequence[str]], tuple[list[Commit], list[Commit]] | None]


def trace_folders(
    folder: Path,
    commits: Sequence[Commit],
    mainline: Sequence[Commit],
    folders: Sequence[ContentFolder],
    read_again: ReadMainline,
) -> TracedMainline:
    """The mainline with the files of all folders that the site was ever in. `folder` is the top of the repository."""
    moves: dict[ContentFolder, list[FolderMove]] = {current: [] for current in folders}
    pending = [(current, current, 0) for current in folders]
    head = mainline[0].commit_id if mainline else ""
    while pending:
        current, last, start = pending.pop()
        move = find_folder_move(folder, head, mainline[start:], last)
        if move is None or len(moves[current]) >= _MAX_MOVES:
            continue
        moves[current].append(move)
        known = (*folders, *(each.before for of_folder in moves.values() for each in of_folder))
        read = read_again([each.repository_path or "." for each in dict.fromkeys(known)])
        if read is None:
            break
        commits, mainline = read
        position = next(index for index, commit in enumerate(mainline) if commit.commit_id == move.commit_id)
        pending.append((current, move.before, position + 1))
    copies = {move.commit_id: move for of_folder in moves.values() for move in of_folder if move.is_copy}
    joined = [
        _join_copies(folder, commit, copies[commit.commit_id]) if commit.commit_id in copies else commit
        for commit in mainline
    ]
    return TracedMainline(commits, joined, list(_list_folders(mainline, moves)))


def _join_copies(top: Path, commit: Commit, move: FolderMove) -> Commit:
    """The commit that copied a folder, with each copy as a change of the file that it is a copy of."""
    output = run_git(top, "ls-tree", "-r", "-z", "--full-tree", commit.parents[0]).output
    blob_ids = {
        os.fsdecode(path): columns.split()[2].decode("ascii")
        for columns, _, path in (row.partition(b"\t") for row in output.split(b"\0") if row)
    }

    def join(file: ChangedFile) -> ChangedFile:
        inner_path = _inner_path(file.path, move.after.repository_path)
        old_path = f"{move.before.repository_path}/{inner_path}".lstrip("/")
        if file.old_blob or not move.after.find_location(file.path):
            return file
        return replace(file, old_path=old_path, old_blob=blob_ids.get(old_path, ""))

    return replace(commit, files=tuple(map(join, commit.files)))


def _list_folders(
    mainline: Sequence[Commit], moves: Mapping[ContentFolder, Sequence[FolderMove]]
) -> Iterator[tuple[ContentFolder, ...]]:
    """The folders of the site in each commit of the mainline."""
    before = {move.commit_id: (current, move.before) for current, each in moves.items() for move in each}
    present = {current: current for current in moves}
    for commit in mainline:
        moved = before.get(commit.commit_id)
        yield (*present.values(), moved[1]) if moved else tuple(present.values())
        if moved:
            present[moved[0]] = moved[1]
