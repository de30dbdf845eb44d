"""Opening a workspace: pass phrase → workspace key → everything else."""

import time
from collections.abc import Callable
from pathlib import Path

from desktop.domain.ids import IdMaker
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.card import read_card
from desktop.keys.identity import NodeIdentity
from desktop.keys.keyslot_errors import KeyslotsDamagedError
from desktop.keys.keyslots import Keyslots, Unlocked, read_keyslots, unlock
from desktop.keys.keytree import KeyTree
from desktop.media.worker import Worker
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.watch_clock import note_clock_at_opening
from desktop.services.workspace.workspace import (
    DATABASE,
    ESCROW_SETTING,
    KEYSLOTS,
    LOCK,
    OFFICE_SETTING,
    Person,
    Workspace,
)
from desktop.storage.backups import back_up_before_upgrade
from desktop.storage.database import DatabaseDamagedError, open_database
from desktop.storage.driver import Database, DatabaseError, OperationalError
from desktop.storage.lock import WriterLock
from desktop.storage.migrations import is_older, upgrade
from desktop.storage.nodes import find_node, person_of_login, read_secret
from desktop.storage.objects import ObjectStore
from desktop.storage.places import check_local
from desktop.storage.records import find_row
from desktop.storage.settings_table import read_text_setting


def system_clock_ms() -> int:
    """Milliseconds since 1970 by the clock of this computer, right or wrong."""
    return time.time_ns() // 1_000_000


class NoWorkspaceError(UserError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} is not a workspace of this program.").format(folder=folder.name),
            _("Choose the folder that holds “{name}”, or make a new workspace.").format(name=KEYSLOTS),
        )


class UpgradeFirstError(UserError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} was last used with an older version of the program.").format(folder=folder.name),
            _(
                "Open it once in the window, or change something in it; it is backed up and brought up to date."
            ),
        )


def open_workspace(
    folder: Path,
    passphrase: str,
    login: str | None = None,
    *,
    read_only: bool = False,
    clock_ms: Callable[[], int] = system_clock_ms,
) -> Workspace:
    """Unlock a workspace. ``login`` chooses the person where there are several.

    For reading only, nothing is locked and somebody else may be writing at the same time.
    """
    slots = slots_of(folder)
    unlocked = unlock(folder / KEYSLOTS, login, passphrase, clock_ms())
    return open_with_key(folder, slots, unlocked, read_only=read_only, clock_ms=clock_ms)


def slots_of(folder: Path) -> Keyslots:
    """Who can unlock the workspace in this folder; raises UserError where none is that can be opened from here."""
    if not (folder / KEYSLOTS).is_file():
        raise KeyslotsDamagedError if (folder / DATABASE).is_file() else NoWorkspaceError(folder)
    slots = read_keyslots(folder / KEYSLOTS)
    check_local(folder, is_portable=slots.is_portable)
    return slots


def open_with_key(
    folder: Path, slots: Keyslots, unlocked: Unlocked, *, read_only: bool, clock_ms: Callable[[], int]
) -> Workspace:
    """Open a workspace whose key is known, for the person of ``unlocked``."""
    lock = None if read_only else WriterLock(folder / LOCK)
    try:
        db = _open_database(folder, KeyTree(unlocked.workspace_key), read_only=read_only)
        keys = KeyTree(unlocked.workspace_key)
        workspace = assemble(folder, slots, keys, db, lock, unlocked.login, clock_ms)
        _set_aside_leftovers(workspace)
        if lock is not None:
            note_clock_at_opening(workspace)
        return workspace
    except BaseException as error:
        if lock is not None:
            lock.release()
        # The first pages may be sound and one that is read only now be damaged.
        if isinstance(error, DatabaseError) and not isinstance(error, OperationalError):
            raise DatabaseDamagedError(folder / DATABASE) from None
        raise


def _set_aside_leftovers(workspace: Workspace) -> None:
    """Move what an interrupted intake left behind to the quarantine; only while no other writer can be at work."""
    if workspace.lock is None or not any((workspace.folder / "tmp").iterdir()):
        return
    moved = workspace.objects.sweep(()).set_aside
    if moved:
        with workspace.db.atomic():
            log_event(workspace, {"event": "leftovers_set_aside", "files": len(moved)})


def assemble(
    folder: Path,
    slots: Keyslots,
    keys: KeyTree,
    db: Database,
    lock: WriterLock | None,
    login: str,
    clock_ms: Callable[[], int],
) -> Workspace:
    """Put an open database and its keys together."""
    secret = read_secret(db)
    escrow = read_text_setting(db, ESCROW_SETTING)
    objects = ObjectStore(folder, keys.object_name, (keys.store_recipient(), escrow), keys.store_identity())
    return Workspace(
        folder=folder,
        kind=slots.kind,
        node=secret.node,
        office=read_text_setting(db, OFFICE_SETTING),
        person=person_of(db, secret.node, login),
        login=login,
        db=db,
        keys=keys,
        identity=NodeIdentity.from_text(secret.node, secret.signing, secret.receive),
        objects=objects,
        worker=Worker(),
        lock=lock,
        clock_ms=clock_ms,
        new_id=IdMaker(clock_ms),
    )


def _open_database(folder: Path, keys: KeyTree, *, read_only: bool) -> Database:
    path = folder / DATABASE
    db = open_database(path, keys.database_key(), read_only=read_only)
    if is_older(db):
        try:
            if read_only:
                raise UpgradeFirstError(folder)
            back_up_before_upgrade(db, folder, keys.database_key())
            upgrade(db)
        except BaseException:
            db.close()
            raise
    return db


def person_of(db: Database, node: str, login: str) -> Person:
    """Whose slot this is: by record, or, on a field node that has not heard of its office yet, by its own card."""
    person_id = person_of_login(db, login) or ""
    row = find_row(db, "person", person_id)
    if row is not None and isinstance(row["name"], str):
        return Person(person_id, row["name"])
    own = find_node(db, node)
    card = read_card(own.card) if own else None
    return Person(person_id, card.person_name if card and card.person_id == person_id else login)
