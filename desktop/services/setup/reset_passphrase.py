"""A forgotten pass phrase on the road: the recovery sheet of the office sets a new one, in the workspace as it lies.

Nothing is restored and nothing is lost: only the slot of one person is wrapped anew. It stands in the log, which the
office reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.keys.keyslots import Unlocked, read_keyslots, save_keyslots, unlock_with_recovery
from desktop.keys.passphrase import STANDARD_COST, KdfCost, check_passphrase
from desktop.keys.recovery import MAX_TEXT, read_recovery_text
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.open_workspace import open_with_key, person_of, slots_of, system_clock_ms
from desktop.services.workspace.workspace import KEYSLOTS, Workspace
from desktop.storage.nodes import person_of_login


@dataclass(frozen=True)
class SlotOwner:
    """A login, and whose it is."""

    login: str
    name: str


def read_recovery_file(path: Path) -> str:
    """The text of a file with the recovery key in it; whether the key is in order is seen when it is used."""
    try:
        with path.open("rb") as source:
            return source.read(MAX_TEXT).decode("utf-8-sig", "replace")
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Check the name of the file and whether the medium is still there."),
        ) from None


def owners_of_slots(
    folder: Path, recovery_text: str, clock_ms: Callable[[], int] = system_clock_ms
) -> tuple[SlotOwner, ...]:
    """Who can unlock the workspace, by name: the names are encrypted, so that the recovery key has to open it."""
    slots = slots_of(folder)
    key = unlock_with_recovery(folder / KEYSLOTS, read_recovery_text(recovery_text), clock_ms())
    logins = sorted(slots.slots, key=lambda each: (len(each), each))
    with open_with_key(folder, slots, Unlocked(key, logins[0]), read_only=True, clock_ms=clock_ms) as opened:
        return tuple(SlotOwner(login, person_of(opened.db, opened.node, login).name) for login in logins)


def login_of(owners: tuple[SlotOwner, ...], name: str) -> str:
    """The login that is meant by a name, or by itself."""
    found = [owner.login for owner in owners if name in (owner.login, owner.name)]
    if len(found) != 1:
        said = _(", ").join(f"{owner.login} ({owner.name})" for owner in owners)
        raise UserError(
            _("“{name}” is not exactly one of those who can unlock this workspace.").format(name=name),
            _("They are: {names}.").format(names=said),
        )
    return found[0]


def reset_passphrase(
    folder: Path,
    login: str,
    passphrase: str,
    recovery_text: str,
    cost: KdfCost = STANDARD_COST,
    clock_ms: Callable[[], int] = system_clock_ms,
) -> Workspace:
    """Give the slot ``login`` a new pass phrase and open the workspace for its person; all of it or nothing."""
    identity = read_recovery_text(recovery_text)
    check_passphrase(passphrase)
    slots = slots_of(folder)
    slots.chosen_login(login)
    key = unlock_with_recovery(folder / KEYSLOTS, identity, clock_ms())
    workspace = open_with_key(folder, slots, Unlocked(key, login), read_only=False, clock_ms=clock_ms)
    try:
        # Read again: the lock is ours only now.
        changed = read_keyslots(folder / KEYSLOTS).with_new_passphrase(login, passphrase, key, cost)
        person_id = person_of_login(workspace.db, login) or ""
        with workspace.db.atomic():
            log_event(workspace, {"event": "passphrase_reset", "person": person_id, "login": login})
            # Last, and inside: what could not be written is not in the log either.
            save_keyslots(folder / KEYSLOTS, changed.without_failures())
    except BaseException:
        workspace.close()
        raise
    return workspace
