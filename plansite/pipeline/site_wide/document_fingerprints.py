"""Fingerprints of documents as pages across plans show them: of their files, and of what decides how they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plansite.incremental.fingerprint import fingerprint
from plansite.model.dependencies import find_dependencies
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.site import Site


class DocumentFingerprints:
    """The fingerprint of each action and incident of a site, worked out when it is first asked for.

    It covers the fields of the document, and what pages say of it on the day of the build: the course of an action
    depends on its plan and on the actions that it waits for and that these wait for; what is left to do about an
    incident depends on the actions that answer it.
    """

    def __init__(self, site: Site, file_hashes: Mapping[str, str], summary_fingerprints: Mapping[str, str]) -> None:
        """`file_hashes` are by path, `summary_fingerprints` of all that is known of a plan by its slug."""
        self._site = site
        self._file_hashes = file_hashes
        self._summary_fingerprints = summary_fingerprints
        self._actions: dict[tuple[str, str], str] = {}
        self._plans: dict[str, str] = {}

    def find(self, document: Action | Incident) -> str:
        """The fingerprint of a document of the site."""
        if isinstance(document, Incident):
            return self._compute_incident(document)
        key = (document.plan, document.slug)
        known = self._actions.get(key)
        if known is None:
            known = self._actions[key] = " ".join((self._describe(document), *self._list_dependencies(document)))
        return known

    def _compute_incident(self, incident: Incident) -> str:
        """Its rows have the course of its plan, which depends on all actions of that."""
        names = (name for finding in incident.findings for name in finding.actions)
        answers = filter(None, (self._site.find_action(name, incident.plan) for name in names))
        return fingerprint(incident.slug, self._find_plan(incident.plan), *map(self.find, answers))

    def _find_plan(self, slug: str) -> str:
        known = self._plans.get(slug)
        if known is None:
            actions = self._site.plans_by_slug[slug].actions
            others = (each for action in actions for each in self._list_dependencies(action))
            known = self._plans[slug] = fingerprint(self._summary_fingerprints[slug], *others)
        return known

    def _list_dependencies(self, action: Action) -> Iterator[str]:
        """The actions that `describe_obstacle` looks at."""
        for direct in find_dependencies(self._site, action):
            yield self._describe(direct)
            yield from map(self._describe, find_dependencies(self._site, direct))

    def _describe(self, action: Action) -> str:
        """The name of an action with the hashes of its own file and of that of its plan."""
        plan = self._site.plans_by_slug[action.plan]
        whole, hashes = self._summary_fingerprints[action.plan], self._file_hashes
        return f"{action.plan}/{action.slug} {hashes.get(action.path, whole)} {hashes.get(plan.path, whole)}"
