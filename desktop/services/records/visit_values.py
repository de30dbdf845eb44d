"""What is known of a visit: its plan by the office, its findings by the inspectors, as one frozen value."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.marks import ANNOTATED, COVERED
from desktop.domain.signing import LEADER
from desktop.errors import UserError
from desktop.i18n import _
from desktop.storage.driver import Database
from desktop.storage.interview_rows import kept_interviews
from desktop.storage.records import Row, find_row, many_rows

FROM_PLAN = ("mission_id", "unit_id", "site_id", "checklist_id", "checklist_hash", "mode")


@dataclass(frozen=True)
class VisitView:
    """One visit. ``head``: its fields, the inspectors' own before the plan's; ``holders``: nodes that hold it."""

    id: str
    head: Mapping[str, str | int | None]
    team: tuple[str, ...]
    holders: tuple[str, ...]
    answers: Mapping[int, Row]
    observations: tuple[Row, ...]
    signatures: tuple[Row, ...]
    evidence: tuple[Row, ...]
    interviews: tuple[Row, ...] = ()

    def text(self, name: str) -> str:
        """A text field of the head, empty where it was left out."""
        value = self.head.get(name)
        return value if isinstance(value, str) else ""

    @property
    def is_signed(self) -> bool:
        """Whether the team leader has signed: what others sign does not freeze the visit."""
        return any(row["role"] == LEADER for row in self.signatures)


class VisitNotFoundError(UserError):
    def __init__(self, visit_id: str) -> None:
        super().__init__(
            _("There is no visit {id} in this workspace.").format(id=visit_id),
            _("“mingcha list WORKSPACE visits” shows the visits and their ids."),
        )


def read_visit(db: Database, visit_id: str) -> VisitView:
    row = find_row(db, "visit", visit_id)
    if row is None:
        raise VisitNotFoundError(visit_id)
    head: dict[str, str | int | None] = {
        key: value
        for key, value in row.items()
        if not key.startswith("header_") and key not in ("team", "holders")
    }
    for name in FROM_PLAN:
        head[name] = row[f"header_{name}"] or row[name]
    if not head["unit_id"] and head["site_id"]:
        # Recorded for a unit that was on no list: the office has said since to whom the site belongs.
        site = find_row(db, "site", str(head["site_id"]))
        head["unit_id"] = site["unit_id"] if site else None
    evidence = db.query(
        "SELECT * FROM evidence WHERE owner_id = ? AND coalesce(is_dropped, 0) = 0 ORDER BY id", [visit_id]
    )
    return VisitView(
        visit_id,
        head,
        _texts(row["team"]),
        _texts(row["holders"]),
        {
            int(str(r["key"])): r
            for r in many_rows(db, "answer", "visit_id", visit_id)
            if str(r["key"]).isdigit()
        },
        tuple(many_rows(db, "observation", "visit_id", visit_id)),
        tuple(many_rows(db, "signature", "visit_id", visit_id)),
        tuple(evidence),
        tuple(kept_interviews(db, visit_id)),
    )


def evidence_numbers(view: VisitView) -> dict[str, str]:
    """{evidence id: the number it has on the forms of this visit}, in the order of intake.

    The segments of a recording share a number: Z05, then Z05-2, Z05-3.
    """
    numbers: dict[str, str] = {}
    segments: dict[str, list[str]] = {}
    for row in view.evidence:
        own = segments.setdefault(str(row["recording_id"] or row["id"]), [])
        own.append(str(row["id"]))
        position = f"Z{len(segments):02d}" if len(own) == 1 else f"{numbers[own[0]]}-{len(own)}"
        numbers[own[-1]] = position
    return numbers


def derivation_text(row: Row) -> str:
    """How a piece of evidence was made from another one; empty for an original.

    Whatever names a parent is no original, however little else is known of it. A newer version's word stays.
    """
    if not row["parent_id"] and not row["derivation_kind"]:
        return ""
    kind = str(row["derivation_kind"] or "")
    return {ANNOTATED: _("annotated"), COVERED: _("parts covered")}.get(kind, kind) or _("derived")


def _texts(value: str | int | None) -> tuple[str, ...]:
    return tuple(json.loads(value)) if isinstance(value, str) else ()
