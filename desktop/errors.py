"""What can go wrong in a way the user can act on.

A ``UserError`` says what is wrong (and where) and what to do, in the user's language. Everything
else that is raised is a bug and goes to the crash report. A layer derives an error of its own only where a
caller has to tell it apart.
"""

from desktop.i18n import sentences


class UserError(Exception):
    """A problem the user can act on.

    ``problem`` says what is wrong and where, ``advice`` what to do; whole sentences made with ``_()``.
    """

    def __init__(self, problem: str, advice: str = "") -> None:
        super().__init__(problem, advice)
        self.problem = problem
        self.advice = advice

    def __str__(self) -> str:
        return sentences(self.problem, self.advice)


class CancelledError(Exception):
    """Raised out of ``report_progress`` when the user cancelled the job; the transaction undoes the work."""
