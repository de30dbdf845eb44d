"""组长签发: the team leader signs exactly what the visit says now.

The signature names every part it covers by hash, the evidence by SHA-256, the checklist by its content and the
text that was shown; what is changed later is visibly not covered and counts as a correction.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.entry import SignedEntry
from desktop.domain.fold import fold
from desktop.domain.signing import COVERED_PARTS, LEADER, SIGNATURE
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_text import visit_text
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.known_signer import known_signer
from desktop.services.visits.missing_in_visit import missing_in_visit
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.visits.visit_head import VisitHead, check_refusal, head_of
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import load_log
from desktop.storage.merge import load_view


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
        check_may_be_signed(workspace, view)
        if view.is_signed:
            raise AlreadySignedError(visit_id)
        name = known_signer(workspace, view, signer)
        signed = write_signature(workspace, view, {"signer": name, "role": role})
        log_event(workspace, {"event": "signed", "role": role}, visit_id)
    return signed


class AlreadySignedError(UserError):
    def __init__(self, visit_id: str) -> None:
        super().__init__(
            _("The visit {id} has already been signed.").format(id=visit_id),
            _("A signed visit is changed by a correction."),
        )


def write_signature(workspace: Workspace, view: VisitView, said: Mapping[str, object]) -> SignedVisit:
    """Write one signature under the visit as it stands now; ``said``: who, as what, and how. Caller's transaction."""
    covers = shown_parts(load_log(workspace.db, view.id), workspace)
    key = workspace.new_id()
    value: dict[str, object] = {
        **said,
        "at": local_time(workspace.clock_ms()),
        "covers": dict(covers),
        "evidence": evidence_hashes(view),
        "checklist_hash": view.text("checklist_hash"),
        "text_sha256": text_hash(visit_text(workspace, view)),
    }
    write_entries(workspace, [change(workspace, view.id, "visit", {f"{SIGNATURE}{key}": value})])
    warnings = missing_in_visit(workspace, view)
    return SignedVisit(view.id, key, str(value["text_sha256"]), len(covers), warnings)


def shown_parts(log: Sequence[SignedEntry], workspace: Workspace) -> dict[str, str]:
    """{part: part hash} of the findings as they are shown now; ``log`` is that of the visit."""
    view = load_view(workspace.db)
    by_hash = {signed.entry.hash: signed.entry for signed in log}
    values = fold(log, view.voids, view.authority).values
    return {
        part: by_hash[digest].parts[part] for part, digest in values.items() if part.startswith(COVERED_PARTS)
    }


def evidence_hashes(view: VisitView) -> list[str]:
    return sorted(str(row["sha256"]) for row in view.evidence)


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def head_of_view(view: VisitView) -> VisitHead:
    return head_of({**view.head, "team": list(view.team)})


def check_may_be_signed(workspace: Workspace, view: VisitView) -> None:
    """Refuse what nobody may sign, or not here."""
    if workspace.node not in view.holders:
        raise UserError(
            _("The visit {id} is not held by this computer.").format(id=view.id),
            _("It is signed where it was recorded."),
        )
    if not view.answers and not view.observations and not view.interviews:
        raise UserError(
            _("The visit {id} has no findings yet.").format(id=view.id), _("Record it first, then sign it.")
        )
    check_refusal(head_of_view(view))
