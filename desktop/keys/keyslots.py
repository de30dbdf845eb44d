"""The file ``keyslots.json``: who can unlock a workspace. One slot a person, and the recovery key of the office.

It also says what kind of workspace this is, because the database cannot be read before it is unlocked. Logins are
neutral, so that the file names nobody.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from desktop.domain.canonical import Json
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.passphrase import (
    STANDARD_COST,
    KdfCost,
    WrappedSecretDamagedError,
    WrongPassphraseError,
    check_passphrase,
    unwrap,
    wrap,
)
from desktop.keys.sealing import decrypt_bytes, encrypt_bytes

FORMAT = "mingcha-keyslots/1"
MAX_FILE_BYTES = 256 * 1024
FREE_ATTEMPTS = 3
LONGEST_PAUSE_S = 300
_LOGIN = re.compile(r"[A-Za-z0-9._-]{1,32}")


class KeyslotsDamagedError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The file keyslots.json of this workspace is missing, damaged or from a newer version."),
            _("Put the file back from a backup of this workspace; without it only the recovery sheet helps."),
        )


class TooManyAttemptsError(UserError):
    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("The pass phrase was wrong too often."),
            _("Try again in {seconds} seconds.").format(seconds=seconds),
        )
        self.seconds = seconds


class LoginUnknownError(UserError):
    """No login was given where there are several, or one that does not exist."""

    def __init__(self, logins: tuple[str, ...]) -> None:
        super().__init__(
            _("It is not clear who is unlocking this workspace."),
            _("Choose one of these logins: {logins} (on the command line with {variable}).").format(
                logins=", ".join(logins), variable="MINGCHA_PERSON"
            ),
        )
        self.logins = logins


@dataclass(frozen=True)
class Unlocked:
    """``login`` is the slot that opened the workspace."""

    workspace_key: bytes = field(repr=False)
    login: str


@dataclass(frozen=True)
class Keyslots:
    """The content of the file. ``recovery``: the workspace key sealed to the office's escrow, hex of an age file."""

    kind: str
    created: str
    is_portable: bool
    slots: Mapping[str, Mapping[str, Json]]
    recovery: str
    failures: int = 0
    last_failure_ms: int = 0

    @classmethod
    def new(cls, kind: str, created: str, workspace_key: bytes, escrow: str, *, is_portable: bool) -> Self:
        """Slots without a person yet; only the recovery key opens them."""
        return cls(kind, created, is_portable, {}, encrypt_bytes(workspace_key, [escrow]).hex())

    def with_slot(
        self, login: str, passphrase: str, workspace_key: bytes, cost: KdfCost = STANDARD_COST
    ) -> Self:
        """A slot added, or its pass phrase changed; no other slot is touched."""
        check_passphrase(passphrase)
        if not _LOGIN.fullmatch(login):
            raise UserError(
                _("“{login}” cannot be a login.").format(login=login),
                _("Use up to 32 letters, digits, dots, dashes or underlines."),
            )
        slot = wrap(workspace_key, passphrase, _bound_to(login), cost)
        return replace(self, slots={**self.slots, login: slot})

    def chosen_login(self, login: str | None) -> str:
        """The slot that is meant; with one slot alone nothing needs to be said."""
        if login is None and len(self.slots) == 1:
            return next(iter(self.slots))
        if login is None or login not in self.slots:
            raise LoginUnknownError(tuple(sorted(self.slots)))
        return login

    def open(self, login: str, passphrase: str) -> Unlocked:
        return Unlocked(unwrap(self.slots[login], passphrase, _bound_to(login)), login)

    def open_with_recovery(self, identity: str) -> bytes:
        """The workspace key by the recovery key of the office; NotForUsError for another office's."""
        return decrypt_bytes(bytes.fromhex(self.recovery), [identity])

    def seconds_to_wait(self, now_ms: int) -> int:
        """How long the next attempt is refused, counted from the last wrong one; a clock set back does not help."""
        if self.failures < FREE_ATTEMPTS:
            return 0
        doublings = min(self.failures - FREE_ATTEMPTS, 16)
        pause_s = min(1 << doublings, LONGEST_PAUSE_S)
        passed_ms = max(0, now_ms - self.last_failure_ms)
        return max(0, -(-(pause_s * 1000 - passed_ms) // 1000))

    def encode(self) -> bytes:
        value = {
            "format": FORMAT,
            "kind": self.kind,
            "created": self.created,
            "portable": self.is_portable,
            "slots": {login: dict(slot) for login, slot in self.slots.items()},
            "recovery": self.recovery,
            "failures": {"count": self.failures, "last_ms": self.last_failure_ms},
        }
        return json.dumps(value, indent=1, sort_keys=True).encode()


def read_keyslots(path: Path) -> Keyslots:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise KeyslotsDamagedError
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise KeyslotsDamagedError from None
    match value:
        case {
            "format": "mingcha-keyslots/1",
            "kind": "office" | "field" as kind,
            "created": str(created),
            "portable": bool(is_portable),
            "slots": dict(slots),
            "recovery": str(recovery),
            "failures": {"count": int(count), "last_ms": int(last_ms)},
        } if all(isinstance(slot, dict) for slot in slots.values()) and _is_hex(recovery):
            return Keyslots(kind, created, is_portable, slots, recovery, count, last_ms)
    raise KeyslotsDamagedError


def save_keyslots(path: Path, keyslots: Keyslots) -> None:
    """Put the file in its place in one step: a power cut leaves the old one or the new one."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as target:
        target.write(keyslots.encode())
        target.flush()
        os.fsync(target.fileno())
    part.replace(path)
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def unlock(path: Path, login: str | None, passphrase: str, now_ms: int) -> Unlocked:
    """Open the workspace whose slots are in ``path``; wrong attempts are counted there and slow the next ones down.

    On a medium that cannot be written the count is not kept; Argon2id is then the only brake.
    """
    keyslots = read_keyslots(path)
    chosen = keyslots.chosen_login(login)
    seconds = keyslots.seconds_to_wait(now_ms)
    if seconds:
        raise TooManyAttemptsError(seconds)
    try:
        unlocked = keyslots.open(chosen, passphrase)
    except WrongPassphraseError:
        _count(path, replace(keyslots, failures=keyslots.failures + 1, last_failure_ms=now_ms))
        raise
    except WrappedSecretDamagedError:
        raise KeyslotsDamagedError from None
    if keyslots.failures:
        _count(path, replace(keyslots, failures=0, last_failure_ms=0))
    return unlocked


def _count(path: Path, keyslots: Keyslots) -> None:
    try:
        save_keyslots(path, keyslots)
    except OSError:
        return


def _bound_to(login: str) -> bytes:
    return f"{FORMAT}\0{login}".encode()


def _is_hex(text: str) -> bool:
    try:
        return bool(bytes.fromhex(text))
    except ValueError:
        return False
