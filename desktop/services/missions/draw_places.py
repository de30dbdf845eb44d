"""Which units and sites are visited, left to chance: nobody chooses them, and nobody can foretell them."""

import secrets
from collections.abc import Sequence

from desktop.domain.draw import Candidate, Lot
from desktop.domain.draw_record import DrawRecord, encode_draw, is_same_person, make_draw, record_hash
from desktop.domain.lengths import LONGEST_NAME, check_length
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.missions.keep_form import NEW
from desktop.services.missions.mission_choices import UnitChoice
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace

DRAWN = "drawn"
_SEED_BYTES = 16


def draw_places(
    workspace: Workspace, units: Sequence[UnitChoice], count: int, witness: str = "", mission_id: str = NEW
) -> DrawRecord:
    """Draw this many of the units and of each unit one of its sites, for a mission that is being planned.

    The log notes the hash of the record at once: who draws again until it suits him leaves a line each time, and
    nobody reads in it who was drawn.
    """
    if not units or count < 1:
        raise UserError(
            _("There is nothing to draw from."), _("Units that are listed and not marked are drawn.")
        )
    check_length(_("Witness of the draw"), witness, LONGEST_NAME)
    if is_same_person(witness, workspace.person.name):
        raise UserError(
            _("The witness has to be another person than the one who draws."),
            _("Name somebody else, or nobody if there is no witness."),
        )
    record = make_draw(
        tuple(_candidate(unit) for unit in units),
        min(count, len(units)),
        secrets.token_hex(_SEED_BYTES),
        at=local_time(workspace.clock_ms()),
        by=Lot(workspace.person.id, workspace.person.name),
        witness=witness.strip(),
    )
    with workspace.db.atomic():
        event = {"event": DRAWN, "draw": record_hash(encode_draw(record))}
        log_event(workspace, event, None if mission_id == NEW else mission_id)
    return record


def _candidate(unit: UnitChoice) -> Candidate:
    return Candidate(unit.id, unit.full_name, tuple(Lot(site.id, site.name) for site in unit.sites))
