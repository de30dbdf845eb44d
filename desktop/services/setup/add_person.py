"""Adding a person who can unlock this workspace, each with a pass phrase of their own."""

import unicodedata
from dataclasses import dataclass

from desktop.domain.lengths import LONGEST_NAME, check_length
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.keyslots import read_keyslots, save_keyslots
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.services.workspace.journal import birth, log_event, write_entries
from desktop.services.workspace.open_workspace import person_of
from desktop.services.workspace.workspace import KEYSLOTS, Workspace
from desktop.storage.nodes import all_logins, save_login
from desktop.storage.records import all_rows


class PersonCanUnlockError(UserError):
    def __init__(self, name: str, login: str) -> None:
        super().__init__(
            _("{name} can unlock this workspace already, with the login {login}.").format(
                name=name, login=login
            ),
            _("Where two persons have the same name, add a word that tells them apart."),
        )


@dataclass(frozen=True)
class AddedPerson:
    """``login`` is neutral: the file of slots names nobody."""

    person_id: str
    login: str


def add_person(
    workspace: Workspace, name: str, passphrase: str, login: str = "", cost: KdfCost = STANDARD_COST
) -> AddedPerson:
    """Give ``name`` a slot. A person the workspace knows by that very name is meant, else one is made.

    One name unlocks once: of two slots with the same name nobody could say whose is to be taken away.
    """
    wanted = unicodedata.normalize("NFC", name.strip())
    if not wanted:
        raise UserError(_("The person needs a name."), _("Give the name after “add”."))
    check_length(_("Name"), wanted, LONGEST_NAME)
    path = workspace.folder / KEYSLOTS
    keyslots = read_keyslots(path)
    taken = {*keyslots.slots, *all_logins(workspace.db)}
    _check_name(workspace, wanted, taken)
    chosen = login or str(max((int(n) for n in taken if n.isdecimal()), default=0) + 1)
    if chosen in taken:
        raise UserError(_("The login {login} is taken.").format(login=chosen), _("Choose another one."))
    changed = keyslots.with_slot(chosen, passphrase, workspace.keys.workspace_key, cost)
    known = [row for row in all_rows(workspace.db, "person") if row["name"] == wanted]
    person_id = str(known[0]["id"]) if len(known) == 1 else workspace.new_id()
    with workspace.db.atomic():
        if len(known) != 1:
            write_entries(workspace, [birth(workspace, person_id, "person", {"facts": {"name": wanted}})])
        save_login(workspace.db, chosen, person_id)
        log_event(workspace, {"event": "person_added", "person": person_id, "login": chosen})
        # Last, and inside: a slot that could not be written must not leave a login that nobody can use.
        save_keyslots(path, changed)
    return AddedPerson(person_id, chosen)


def _check_name(workspace: Workspace, name: str, logins: set[str]) -> None:
    for login in sorted(logins):
        if person_of(workspace.db, workspace.node, login).name == name:
            raise PersonCanUnlockError(name, login)
