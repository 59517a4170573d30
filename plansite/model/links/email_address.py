"""E-mail addresses of a site."""

from __future__ import annotations

from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings

_ADDRESS = compile_lazily(r"""[^\s@<>()\[\],;:"'\\?&]{1,64}@[^\s@<>()\[\],;:"'\\?&]{1,255}""")


def is_email_address(text: str) -> bool:
    """Whether a text is one e-mail address, and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def find_coordinator(settings: Settings, plan: Plan | None = None) -> str:
    """The address to which updates about a plan go: its own contact, else that of the site; "" if neither is one."""
    contacts = (plan.contact if plan else "", settings.contact)
    return next((contact for contact in contacts if is_email_address(contact)), "")
