"""What the message of a commit says: the pull request that it names, and which parent of a merge is the mainline."""

from __future__ import annotations

import re
from collections.abc import Collection

from plansite.deferred_pattern import compile_lazily

# Merge commits of GitHub and Forgejo, GitLab, Bitbucket and Azure DevOps, which name nothing but a request.
_PULL_REQUEST = compile_lazily(
    r"\AMerge pull request #(\d+)\b|^See merge request \S*!(\d+)\s*$"
    r"|\A[^\n]*\(pull request #(\d+)\)|\AMerged PR (\d+):",
    re.MULTILINE,
)
# Squash commits of GitHub and Forgejo. Elsewhere people write so of an issue, or of an action.
_SQUASHED_PULL_REQUEST = compile_lazily(r"\A[^\n]*\(#(\d+)\)\s*$", re.MULTILINE)
_SQUASHING_HOST = compile_lazily(
    r"https?://(?:[^/?#]*[.@-])?(?:github|codeberg|forgejo|gitea)(?:[.:/-]|$)", re.IGNORECASE
)


def names_pull_requests_in_brackets(repository_url: str) -> bool:
    """Whether `(#4)` at the end of a commit's first line is a pull request: on GitHub, Forgejo and Gitea.

    That is told by the name of the host. Of an unknown host it is not assumed.
    """
    return _SQUASHING_HOST.match(repository_url) is not None


def parse_pull_request(message: str, *, in_brackets: bool = True) -> str:
    """The number of the pull or merge request that a commit's message names; empty where it names none.

    `in_brackets` says whether `(#4)` is one, see `names_pull_requests_in_brackets`.
    """
    match = _PULL_REQUEST.search(message) or (_SQUASHED_PULL_REQUEST.search(message) if in_brackets else None)
    return next((number for number in match.groups() if number), "") if match else ""


# The first line that git writes for a merge, and code hosts for "Update branch": what was merged, out of which other
# repository, and into which branch. Git leaves out the last where that is `main` or `master`.
_MERGE = compile_lazily(
    r"\AMerge (?P<tracking>remote-tracking )?branch(?:es)? (?P<names>'[^'\n]+'(?:(?:, | and )'[^'\n]+')*)"
    r"(?P<pulled> of \S+)?(?: into '?(?P<into>[^\s']+)'?)?\s*(?:\n|\Z)"
)
_NAME = compile_lazily(r"'([^']+)'")


def find_mainline_parent(message: str, parent_count: int, mainline_names: Collection[str]) -> int:
    """The position of the parent of a merge that is the mainline: 0, unless the message says that it is another.

    `git pull` on a branch makes a merge whose first parent is that branch, and the mainline comes second. If the result
    is then published, first parents lead through the branch. The message tells: it names the mainline as what was
    merged, into another branch or out of another repository. `mainline_names` are names of the published branch.
    """
    match = _MERGE.match(message)
    if match is None or parent_count < 2:
        return 0
    names = _NAME.findall(match["names"])
    is_pulled = bool(match["tracking"] or match["pulled"])
    if match["tracking"]:
        names = [name.partition("/")[2] or name for name in names]
    into = match["into"] or ""
    is_on_mainline = not into or into in mainline_names
    for position, name in enumerate(names[: parent_count - 1], 1):
        is_mainline = name in mainline_names
        if is_mainline and (is_pulled or not is_on_mainline):
            return position
        if name == into and is_pulled and is_on_mainline:
            return position
    return 0
