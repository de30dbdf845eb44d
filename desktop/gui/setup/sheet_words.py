"""Words of the spreadsheets for lists and filters, so that a thing has one name in both."""

from collections.abc import Callable, Sequence

from desktop.documents.sheet_columns import KINDS, Column
from desktop.gui.widgets.search_bar import Choice
from desktop.i18n import _, language
from desktop.services.master_data.edit_master_data import Namesake


def title(kind: str) -> Callable[[], str]:
    """What a kind of sheet is called."""
    return lambda: KINDS[kind].title(language())


def head(kind: str, field: str) -> Callable[[], str]:
    """The head of a column."""
    column = _column(kind, field)
    return lambda: column.header(language())


def column_choices(kind: str, field: str, everything: Callable[[], str]) -> tuple[Choice, ...]:
    """First one that lets everything through, then the words a column allows, which are data in both languages."""
    return word_choices(_column(kind, field).choices, everything)


def word_choices(words: Sequence[str], everything: Callable[[], str]) -> tuple[Choice, ...]:
    return (("", everything), *((word, _same(word)) for word in words))


def _column(kind: str, field: str) -> Column:
    return next(column for column in KINDS[kind].columns if column.field == field)


def _same(word: str) -> Callable[[], str]:
    return lambda: word


def same_person_text(namesake: Namesake) -> str:
    posts = _("; ").join(namesake.posts[:2]) or _("no post")
    return _("Same person ({posts})").format(posts=posts[:30])
