"""Adding a person who can unlock this workspace, each with a pass phrase of their own."""

from dataclasses import dataclass

from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.keyslots import read_keyslots, save_keyslots
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.services.journal import birth, log_event, write_entries
from desktop.services.workspace import KEYSLOTS, Workspace
from desktop.storage.nodes import person_of_login, save_login
from desktop.storage.records import all_rows


@dataclass(frozen=True)
class AddedPerson:
    """``login`` is neutral: the file of slots names nobody."""

    person_id: str
    login: str


def add_person(
    workspace: Workspace, name: str, passphrase: str, login: str = "", cost: KdfCost = STANDARD_COST
) -> AddedPerson:
    """Give ``name`` a slot. A person the workspace knows by that very name is meant, else one is made."""
    if not name.strip():
        raise UserError(_("The person needs a name."), _("Give the name after “add”."))
    path = workspace.folder / KEYSLOTS
    keyslots = read_keyslots(path)
    chosen = login or str(max((int(n) for n in keyslots.slots if n.isdigit()), default=0) + 1)
    if chosen in keyslots.slots or person_of_login(workspace.db, chosen) is not None:
        raise UserError(_("The login {login} is taken.").format(login=chosen), _("Choose another one."))
    changed = keyslots.with_slot(chosen, passphrase, workspace.keys.workspace_key, cost)
    known = [row for row in all_rows(workspace.db, "person") if row["name"] == name]
    person_id = str(known[0]["id"]) if len(known) == 1 else workspace.new_id()
    with workspace.db.atomic():
        if len(known) != 1:
            write_entries(workspace, [birth(workspace, person_id, "person", {"facts": {"name": name}})])
        save_login(workspace.db, chosen, person_id)
        log_event(workspace, {"event": "person_added", "person": person_id})
        # Last, and inside: a slot that could not be written must not leave a login that nobody can use.
        save_keyslots(path, changed)
    return AddedPerson(person_id, chosen)
