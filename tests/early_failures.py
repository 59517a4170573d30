"""Names each test as soon as it has failed, so that a run that is stopped before its summary has said which it was."""

from __future__ import annotations

import pytest


class _EarlyFailures:
    """Writes one line for each failure, at once also where the output is a file or a pipe."""

    def __init__(self, config: pytest.Config) -> None:
        """Begin with the configuration of the process that writes."""
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write what failed and the first line of why; setup and teardown are named, the test itself is not."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if not report.failed or terminal is None:
            return
        crash = getattr(report.longrepr, "reprcrash", None)
        why = (crash.message if crash else str(report.longrepr)).strip().partition("\n")[0]
        where = "" if report.when == "call" else f" ({report.when})"
        terminal.write_line(f"\nFAILED{where} {report.nodeid}: {why}")
        terminal.flush()


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that prints does so: workers of xdist hand their reports to it."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_EarlyFailures(config))
