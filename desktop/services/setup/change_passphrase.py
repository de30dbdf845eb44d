"""Changing one's own pass phrase."""

from desktop.keys.keyslots import read_keyslots, save_keyslots, unlock
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import KEYSLOTS, Workspace


def change_passphrase(workspace: Workspace, old: str, new: str, cost: KdfCost = STANDARD_COST) -> None:
    """Give the slot that was opened another pass phrase, after the old one was proved once more.

    A screen that was left unlocked must not be enough to lock its owner out. Wrong attempts count as those of
    unlocking do.
    """
    path = workspace.folder / KEYSLOTS
    unlock(path, workspace.login, old, workspace.clock_ms())
    changed = read_keyslots(path).with_new_passphrase(
        workspace.login, new, workspace.keys.workspace_key, cost
    )
    with workspace.db.atomic():
        log_event(workspace, {"event": "passphrase_changed", "login": workspace.login})
        save_keyslots(path, changed)
