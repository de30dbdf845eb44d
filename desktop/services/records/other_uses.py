"""The same file as evidence of several visits: said wherever it is seen, never refused."""

from desktop.i18n import _
from desktop.storage.driver import Database
from desktop.storage.evidence_uses import uses_elsewhere
from desktop.storage.records import Row

_MOST_NAMED = 3


def reuse_remark(db: Database, visit_id: str, sha256: str) -> str:
    """Where else a file of a visit is evidence, in one sentence; empty where it is new."""
    uses = uses_elsewhere(db, visit_id, sha256)
    if not uses:
        return ""
    named = _("; ").join(dict.fromkeys(visit_of_use(use) for use in uses[:_MOST_NAMED]))
    return _("The same file is also evidence of: {visits}. Check whether that is meant.").format(visits=named)


def reuse_lines(db: Database, visit_id: str) -> tuple[tuple[str, str], ...]:
    """(id of the evidence of this visit, the other visit in words) for every further use."""
    return tuple((str(use["own_id"]), visit_of_use(use)) for use in uses_elsewhere(db, visit_id))


def visit_of_use(use: Row) -> str:
    """“2026-11-20 澄湖区 一号窗口”; of a sealed visit only its day is known."""
    words = (str(use[name] or "") for name in ("day", "unit", "site"))
    return " ".join(word for word in words if word) or _("a visit that is not known here in full")
