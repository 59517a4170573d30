"""Puts the files of an import into a new branch of the repository, and leaves the files of the folder as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plansite.history.git import GitResult, build_no_filter_environment, run_git

_MAX_SHOWN = 3


class CannotFillBranchError(Exception):
    """The branch cannot be made. The message says why, and what to do."""


def commit_on_new_branch(
    root: Path, branch: str, files: Mapping[str, bytes], folders: Sequence[str], message: str
) -> str:
    """Make a branch at the last commit, with one more commit that has these files; returns its short id.

    The paths of the files are below `root`. The files and the index of the working tree are not touched. What is in
    `folders` has to be committed, since the import compared with it. Raises CannotFillBranchError.
    """
    _require(root, branch, folders)
    prefix = _read_line(root, "rev-parse", "--show-prefix")
    paths = [f"{prefix}{path}" for path in files]
    _refuse_filters(root, paths)
    who = "git does not know who you are; set user.name and user.email"
    people = tuple(_read_line(root, "var", f"GIT_{role}_IDENT", problem=who) for role in ("AUTHOR", "COMMITTER"))
    head = _read_line(root, "rev-parse", "--verify", "HEAD")
    named = dict(zip(paths, files.values(), strict=True))
    stream = b"".join(_format_stream(branch, head, people, message, named))
    result = run_git(root, "fast-import", "--quiet", "--done", input_data=stream)
    if result.failed:
        raise CannotFillBranchError(f"git could not make the branch: {_last_line(result)}")
    return _read_line(root, "rev-parse", "--short", f"refs/heads/{branch}")


def _require(root: Path, branch: str, folders: Sequence[str]) -> None:
    """Raise CannotFillBranchError where there is no repository, the name is taken or no name, or changes are open."""
    if run_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").failed:
        raise CannotFillBranchError("the site is in no git repository with a commit; import without --branch")
    if run_git(root, "check-ref-format", f"refs/heads/{branch}").failed or branch.startswith("-"):
        raise CannotFillBranchError(f"“{branch}” cannot be the name of a branch; use letters, digits and hyphens")
    if not run_git(root, "show-ref", "--verify", "--quiet", f"refs/heads/{branch}").failed:
        raise CannotFillBranchError(f"there is a branch “{branch}” already; name another, or delete it first")
    result = run_git(
        root, "status", "--porcelain", "-z", "--untracked-files=all", "--", *folders,
        extra_environment=build_no_filter_environment(root),
    )  # fmt: skip
    changed = [line[3:] for line in result.output.decode("utf-8", "replace").split("\0") if len(line) > 3]
    if result.failed or changed:
        names = ", ".join(changed[:_MAX_SHOWN]) + (" and others" if len(changed) > _MAX_SHOWN else "")
        raise CannotFillBranchError(f"there are changes that are not committed ({names}); commit them first")


def _refuse_filters(root: Path, paths: Sequence[str]) -> None:
    """Refuse files that git encrypts or rewrites on their way in: here they would go in as they are."""
    names = "".join(f"/{path}\0" if path.startswith("/") else f"{path}\0" for path in paths)
    top = Path(_read_line(root, "rev-parse", "--show-toplevel"))
    result = run_git(top, "check-attr", "-z", "--stdin", "filter", input_data=names.encode())
    parts = result.output.decode("utf-8", "replace").split("\0")
    values = set(parts[2::3]) - {"unspecified", "unset"}
    if result.failed or values:
        raise CannotFillBranchError(
            f"git has a filter for these files ({', '.join(sorted(values))}), which would be passed over; "
            "import without --branch, and commit the files"
        )


def _format_stream(
    branch: str, head: str, people: Sequence[str], message: str, files: Mapping[str, bytes]
) -> Iterator[bytes]:
    """The commit in the language of `git fast-import`."""
    author, committer = people
    text = message.encode()
    yield f"commit refs/heads/{branch}\nauthor {author}\ncommitter {committer}\ndata {len(text)}\n".encode()
    yield text + f"\nfrom {head}\n".encode()
    for path, data in files.items():
        yield f"M 100644 inline {_quote(path)}\ndata {len(data)}\n".encode() + data + b"\n"
    yield b"\ndone\n"


def _quote(path: str) -> str:
    escaped = re.sub(r'[\\"]', r"\\\g<0>", path).replace("\n", "\\n")
    return f'"{escaped}"'


def _read_line(root: Path, *words: str, problem: str = "git gave no answer") -> str:
    result = run_git(root, *words)
    if result.failed:
        raise CannotFillBranchError(problem)
    return result.path


def _last_line(result: GitResult) -> str:
    return next(iter(reversed(result.error_text.strip().splitlines())), "")
