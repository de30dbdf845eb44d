"""组长签发: the team leader signs exactly what the visit says now.

The signature names every part it covers by hash, the evidence by SHA-256, the checklist by its content and the
text that was shown; what is changed later is visibly not covered and counts as a correction.
"""

import hashlib
from dataclasses import dataclass

from desktop.domain.fold import fold
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_text import visit_text
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.known_signer import known_signer
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.visits.visit_head import FEWEST_INSPECTORS, head_of, missing_in_head
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import load_log
from desktop.storage.merge import load_view

SIGNED_PARTS = ("header", "answer/", "observation/")
LEADER = "组长"


@dataclass(frozen=True)
class SignedVisit:
    """``text_sha256`` is the hash of the text that was signed; ``parts`` counts what the signature covers.

    ``warnings`` say what was missing when it was signed, such as the time the visit began.
    """

    visit_id: str
    signature: str
    text_sha256: str
    parts: int
    warnings: tuple[str, ...] = ()


def sign_visit(workspace: Workspace, visit_id: str, signer: str = "", role: str = LEADER) -> SignedVisit:
    """Sign a visit as it stands. ``signer`` is by default the leader it names, else the person who is working."""
    with workspace.db.atomic():
        cut_drafts(workspace, visit_id)
        view = read_visit(workspace.db, visit_id)
        _check(workspace, view)
        covers = shown_parts(workspace, visit_id)
        text = visit_text(workspace, view)
        key = workspace.new_id()
        value: dict[str, object] = {
            "signer": known_signer(workspace, view, signer),
            "role": role,
            "at": local_time(workspace.clock_ms()),
            "covers": dict(covers),
            "evidence": sorted(str(row["sha256"]) for row in view.evidence),
            "checklist_hash": view.text("checklist_hash"),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        write_entries(workspace, [change(workspace, visit_id, "visit", {f"signature/{key}": value})])
        log_event(workspace, {"event": "signed", "role": role}, visit_id)
    warnings = missing_in_head(head_of({**view.head, "team": list(view.team)}))
    return SignedVisit(visit_id, key, str(value["text_sha256"]), len(covers), warnings)


def shown_parts(workspace: Workspace, visit_id: str) -> dict[str, str]:
    """{part: part hash} of the findings as they are shown now."""
    view = load_view(workspace.db)
    log = load_log(workspace.db, visit_id)
    by_hash = {signed.entry.hash: signed.entry for signed in log}
    values = fold(log, view.voids, view.authority).values
    return {
        part: by_hash[digest].parts[part] for part, digest in values.items() if part.startswith(SIGNED_PARTS)
    }


def _check(workspace: Workspace, view: VisitView) -> None:
    if workspace.node not in view.holders:
        raise UserError(
            _("The visit {id} is not held by this computer.").format(id=view.id),
            _("It is signed where it was recorded."),
        )
    if not view.answers and not view.observations:
        raise UserError(
            _("The visit {id} has no findings yet.").format(id=view.id), _("Record it first, then sign it.")
        )
    head = head_of({**view.head, "team": list(view.team)})
    if head.refused_reason and len(head.inspectors) < FEWEST_INSPECTORS:
        raise UserError(
            _("The unit refused to sign; two inspectors have to vouch for that."),
            _("Name the second inspector among the team, then sign."),
        )
    if any(signature["role"] == LEADER for signature in view.signatures):
        raise UserError(
            _("The visit {id} has already been signed.").format(id=view.id),
            _("A signed visit is changed by a correction."),
        )
