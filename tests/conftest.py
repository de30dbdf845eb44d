"""What holds for every test: Chinese first, no unexpected log message, and a list of what could not run."""

import logging
import os

import pytest
from hypothesis import HealthCheck, settings

from desktop.i18n import use_language

# How fast an example runs says more about the machine than about the code: no deadline, no complaint of slow data.
settings.register_profile(
    "normal", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("normal"), derandomize=True)
settings.register_profile("torture", settings.get_profile("normal"), max_examples=500)
settings.load_profile(os.environ.get("MINGCHA_HYPOTHESIS_PROFILE", "normal"))


class _Warnings(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def chinese_is_the_language():
    use_language("zh")


@pytest.fixture(autouse=True)
def no_unexpected_log_message(request):
    """Fail a test during which a warning or worse was logged, unless it asks for ``caplog`` and so expects it."""
    warnings = _Warnings()
    logging.getLogger().addHandler(warnings)
    yield
    logging.getLogger().removeHandler(warnings)
    if warnings.messages and "caplog" not in request.fixturenames:
        pytest.fail("unexpected log messages:\n" + "\n".join(warnings.messages), pytrace=False)


def pytest_make_parametrize_id(val, argname):
    """Name a test after a short text only: a long one may be random, and then no two processes agree on the name."""
    return argname if isinstance(val, str) and len(val) > 40 else None


def pytest_terminal_summary(terminalreporter):
    """Name what could not run on this machine: it has not passed."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("not run")
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ").removeprefix("not run: ")
        terminalreporter.line(f"{report.nodeid}: {reason}")
