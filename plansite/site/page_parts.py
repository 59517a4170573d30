"""Pages across plans in parts, one for each owner, agency and tag, that are composed again one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from plansite.deferred_dataclass import dataclass
from plansite.site.components.page import Page
from plansite.site.components.pagination import find_first_address

#: The fingerprint of what a plan contributes to each part, by the path of the part.
PartFingerprints = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePagePart:
    """Pages across plans that are composed together: those of an owner, of an agency, of a tag.

    `inputs` are plain frozen values that cover what they show of the plans. What they show of the rest of the site are
    its settings, its front page, its people, its files without a place, and where the links of those lead. `path` is
    that of the first page.
    """

    path: str
    inputs: tuple[object, ...]
    compose: Callable[[], Iterator[Page]]

    def may_contain(self, path: str) -> bool:
        """Whether a page at `path` would be one of this part: its first one, or a further one.

        Those of a table have a number, `owners-2.html`, and those of somebody are in a folder, `owners/ann/open.html`:
        `owners/team-2.html` is somebody else than `owners/team.html`.
        """
        name = self.path.removesuffix(".html")
        table = name.removesuffix("/index")
        is_further = path.startswith(f"{name}/") if table == name else find_first_address(path) == f"{table}.html"
        return path == self.path or is_further


def select_fingerprints(plans: Iterable[PartFingerprints], *paths: str) -> tuple[object, ...]:
    """What the plans contribute to these parts, as one value."""
    return tuple(tuple(plan[path] for plan in plans if path in plan) for path in paths)
