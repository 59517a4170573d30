"""What the words and colours mean: every status, every course with its rule, and how both come about."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.course import Course, Outlook
from plansite.model.site import Site
from plansite.model.status import Audience, Status
from plansite.model.words import days
from plansite.site.page import Link, Page
from plansite.site.parts import COURSE_LOOK, Bar, Part, Tag


@dataclass(frozen=True, slots=True)
class Meaning:
    """A tag as pages show it, and what it means."""

    key: str
    tag: Tag
    text: str
