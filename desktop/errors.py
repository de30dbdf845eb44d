"""What can go wrong in a way the user can act on.

A ``UserError`` says what is wrong (and where) and what to do, in the user's language. Everything
else that is raised is a bug and goes to the crash report. A layer derives an error of its own only where a
caller has to tell it apart.
"""

import errno
from collections.abc import Callable
from functools import partial
from typing import Any, Self

from desktop.i18n import _, sentences


class UserError(Exception):
    """A problem the user can act on.

    ``problem`` says what is wrong and where, ``advice`` what to do; whole sentences made with ``_()``.
    """

    _made_from: "Callable[[], UserError]"

    def __new__(cls, *args: Any, **named: Any) -> Self:  # noqa: ANN401  whatever its class takes
        error = super().__new__(cls, *args, **named)
        error._made_from = partial(cls, *args, **named)
        return error

    def __init__(self, problem: str, advice: str = "") -> None:
        super().__init__(problem, advice)
        self.problem = problem
        self.advice = advice

    def said_again(self) -> "UserError":
        """This error in the language of now, where its class makes its texts; else in that in which it was raised."""
        return self._made_from()

    def __str__(self) -> str:
        return sentences(self.problem, self.advice)


class CancelledError(Exception):
    """Raised out of ``report_progress`` when the user cancelled the job; the transaction undoes the work."""


def system_reason(error: OSError) -> str:
    """Why the system refused, in the language in use; the system itself may speak another one.

    For the rare cases without a text of their own the number of the error stands, which can be looked up.
    """
    reasons = {
        errno.ENOENT: _("it is not there"),
        errno.EACCES: _("this user has no right to it"),
        errno.EPERM: _("this user has no right to it"),
        errno.EROFS: _("the medium is write-protected"),
        errno.ENOSPC: _("the medium is full"),
        errno.EIO: _("the medium is faulty or was pulled out"),
        errno.ENODEV: _("the medium is faulty or was pulled out"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("what should be a folder is a file"),
        errno.EEXIST: _("there is already something with this name"),
        errno.EBUSY: _("another program is using it"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    if error.errno in reasons:
        return reasons[error.errno]
    return _("error {number} of the system").format(number="?" if error.errno is None else error.errno)
