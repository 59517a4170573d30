"""Lists across plans: open, overdue, due soon, without owner or date, awaiting verification, finished."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from plansite.model.action import Action
from plansite.model.course import Outlook, awaits_check, by_due, finished_on, next_review
from plansite.model.plan import Plan
from plansite.model.words import count, due_in_words, long_date
from plansite.site.addresses import action_link, party_link, plan_link, plan_page
from plansite.site.bands import ALWAYS, Band, Changing, Group, changing, dated_group, filled, plain_group, shifted, shown_while
from plansite.site.page import Link, Page
from plansite.site.paging import ListView, Nothing, paged
from plansite.site.parts import Row, Steps, Tag, done, row, rows

_PLANS = Link("Plans", "index.html")
OPEN = Link("All open actions", "open.html")
OVERDUE = Link("Overdue", "overdue.html")
DUE_SOON = Link("Due soon", "due-soon.html")
UNASSIGNED = Link("No owner or no date", "unassigned.html")
AWAITING = Link("Awaiting verification", "awaiting.html")
FINISHED = Link("Finished", "finished.html")
