"""How long a text may be: one limit for each kind, wherever it is typed or read from a sheet or a file.

The schemas of files name the same numbers. What comes in a package is not measured: it was written elsewhere.
"""

from desktop.errors import UserError
from desktop.i18n import _

LONGEST_NAME = 120
"""Of an office, a unit, a site, a person; longer ones do not fit into any form."""
LONGEST_LINE = 200
"""What is said on one line: a title, a place, a caption, who was present."""
LONGEST_ENTRY = 2000
"""Any other text of master data or of a checklist."""
LONGEST_TEXT = 5000
"""What is told at length: facts, a conclusion, a remark, a reason, a route."""


class TooLongError(UserError):
    """``head``: what the text is called where it is entered."""

    def __init__(self, head: str, count: int, most: int) -> None:
        super().__init__(
            _("“{head}” has {count} characters; at most {most} are allowed.").format(
                head=head, count=count, most=most
            ),
            _("Shorten the text."),
        )


def check_length(head: str, text: str, most: int) -> None:
    """Refuse a text that is longer than ``most``; raises TooLongError."""
    if len(text) > most:
        raise TooLongError(head, len(text), most)
