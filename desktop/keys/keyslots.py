"""The file ``keyslots.json``: who can unlock a workspace. One slot a person, and the recovery key of the office.

It also says what kind of workspace this is, because the database cannot be read before it is unlocked. Logins are
neutral, so that the file names nobody.
"""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from desktop.domain.canonical import Json
from desktop.keys.keyslot_errors import (
    KeyslotsDamagedError,
    KeyslotsTooNewError,
    LastSlotError,
    LoginInvalidError,
    LoginTakenError,
    LoginUnknownError,
    TooManyAttemptsError,
)
from desktop.keys.keytree import KEY_BYTES
from desktop.keys.passphrase import (
    STANDARD_COST,
    KdfCost,
    WrappedSecretDamagedError,
    WrongPassphraseError,
    check_passphrase,
    unwrap,
    wrap,
)
from desktop.keys.recovery import WrongRecoveryKeyError
from desktop.keys.sealing import (
    NotForUsError,
    SealBrokenError,
    UnknownEnvelopeError,
    decrypt_bytes,
    encrypt_bytes,
)

FORMAT = "mingcha-keyslots/1"
_FORMATS = re.compile(r"mingcha-keyslots/[0-9]{1,4}")
MAX_FILE_BYTES = 256 * 1024
FREE_ATTEMPTS = 3
LONGEST_PAUSE_S = 300
_MOST_DOUBLINGS = 9  # 2^9 s are already more than the longest pause
_LOGIN = re.compile(r"[A-Za-z0-9._-]{1,32}")


@dataclass(frozen=True)
class Unlocked:
    """``login`` is the slot that opened the workspace."""

    workspace_key: bytes = field(repr=False)
    login: str


@dataclass(frozen=True)
class Keyslots:
    """The content of the file.

    ``kind``: office or field. ``slots``: login → what ``wrap`` made. ``recovery``: the workspace key sealed to the
    office's escrow, an age file in hex.
    """

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
        """A slot added for somebody new."""
        if not _LOGIN.fullmatch(login):
            raise LoginInvalidError(login)
        if login in self.slots:
            raise LoginTakenError(login)
        return self._wrapped(login, passphrase, workspace_key, cost)

    def with_new_passphrase(
        self, login: str, passphrase: str, workspace_key: bytes, cost: KdfCost = STANDARD_COST
    ) -> Self:
        """The pass phrase of one slot changed; no other slot and nothing in the workspace is touched."""
        return self._wrapped(self.chosen_login(login), passphrase, workspace_key, cost)

    def without_failures(self) -> Self:
        """The wrong attempts forgotten: whoever comes now has proved who they are."""
        return replace(self, failures=0, last_failure_ms=0)

    def without_slot(self, login: str) -> Self:
        """A slot taken away; never the last one. Copies of the file that were made before keep it."""
        gone = self.chosen_login(login)
        if len(self.slots) == 1:
            raise LastSlotError
        return replace(self, slots={name: slot for name, slot in self.slots.items() if name != gone})

    def chosen_login(self, login: str | None) -> str:
        """The slot that is meant; with one slot alone nothing needs to be said."""
        if login is None and len(self.slots) == 1:
            return next(iter(self.slots))
        if login is None or login not in self.slots:
            raise LoginUnknownError(tuple(sorted(self.slots)))
        return login

    def open(self, login: str, passphrase: str) -> Unlocked:
        """``login`` is one of the slots. Raises WrongPassphraseError, KeyslotsDamagedError."""
        try:
            return Unlocked(unwrap(self.slots[login], passphrase, self._bound_to(login)), login)
        except WrappedSecretDamagedError:
            raise KeyslotsDamagedError from None

    def open_with_recovery(self, identity: str) -> bytes:
        """The workspace key by the recovery key of the office; WrongRecoveryKeyError for another office's."""
        try:
            workspace_key = decrypt_bytes(bytes.fromhex(self.recovery), [identity])
        except NotForUsError:
            raise WrongRecoveryKeyError from None
        except (SealBrokenError, UnknownEnvelopeError):
            raise KeyslotsDamagedError from None
        if len(workspace_key) != KEY_BYTES:
            raise KeyslotsDamagedError
        return workspace_key

    def seconds_to_wait(self, now_ms: int) -> int:
        """How long the next attempt is refused, counted from the last wrong one.

        While the clock stands before that, the pause does not pass; ``unlock`` then lets it begin anew.
        """
        if self.failures < FREE_ATTEMPTS:
            return 0
        doublings = min(self.failures - FREE_ATTEMPTS, _MOST_DOUBLINGS)
        pause_ms = 1000 * min(1 << doublings, LONGEST_PAUSE_S)
        passed_ms = max(0, now_ms - self.last_failure_ms)
        return max(0, -(-(pause_ms - passed_ms) // 1000))

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

    def _wrapped(self, login: str, passphrase: str, workspace_key: bytes, cost: KdfCost) -> Self:
        check_passphrase(passphrase)
        slot = wrap(workspace_key, passphrase, self._bound_to(login), cost)
        return replace(self, slots={**self.slots, login: slot})

    def _bound_to(self, login: str) -> bytes:
        # With the kind: what an office may do must not hang on a word that anybody can edit.
        return "\0".join((FORMAT, self.kind, login)).encode()


def read_keyslots(path: Path) -> Keyslots:
    """Read the file; raises KeyslotsDamagedError or KeyslotsTooNewError."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise KeyslotsDamagedError
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise KeyslotsDamagedError from None
    match value:
        case {"format": str(found)} if found != FORMAT and _FORMATS.fullmatch(found):
            raise KeyslotsTooNewError
        case {
            "format": "mingcha-keyslots/1",
            "kind": "office" | "field" as kind,
            "created": str(created),
            "portable": bool(is_portable),
            "slots": dict(slots),
            "recovery": str(recovery),
            "failures": {"count": int(count), "last_ms": int(last_ms)},
        } if _are_slots(slots) and _is_hex(recovery):
            return Keyslots(kind, created, is_portable, slots, recovery, count, last_ms)
    raise KeyslotsDamagedError


def save_keyslots(path: Path, keyslots: Keyslots) -> None:
    """Put the file in its place in one step: a power cut leaves the old one or the new one."""
    # Two programs may count a wrong attempt at the same moment; each needs a file of its own.
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.touch(0o600, exist_ok=False)
        with part.open("wb") as target:
            target.write(keyslots.encode())
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def unlock(path: Path, login: str | None, passphrase: str, now_ms: int) -> Unlocked:
    """Open the workspace whose slots are in ``path``; wrong attempts are counted there and slow the next ones down.

    On a medium that cannot be written the count is not kept; Argon2id is then the only brake, as it is for
    somebody who has copied the file.
    """
    keyslots = read_keyslots(path)
    chosen = keyslots.chosen_login(login)
    _check_pause(path, keyslots, now_ms)
    try:
        unlocked = keyslots.open(chosen, passphrase)
    except WrongPassphraseError:
        _count(path, keyslots.failures + 1, now_ms)
        raise
    if keyslots.failures:
        _count(path, 0, 0)
    return unlocked


def unlock_with_recovery(path: Path, identity: str, now_ms: int) -> bytes:
    """The workspace key by the recovery key of the office. A wrong one counts as a wrong pass phrase does."""
    keyslots = read_keyslots(path)
    _check_pause(path, keyslots, now_ms)
    try:
        return keyslots.open_with_recovery(identity)
    except WrongRecoveryKeyError:
        _count(path, keyslots.failures + 1, now_ms)
        raise


def _check_pause(path: Path, keyslots: Keyslots, now_ms: int) -> None:
    seconds = keyslots.seconds_to_wait(now_ms)
    if seconds:
        if now_ms < keyslots.last_failure_ms:
            # The clock was set back, or was wrong at the time: else the pause could last for years.
            _count(path, keyslots.failures, now_ms)
        raise TooManyAttemptsError(seconds)


def _count(path: Path, failures: int, last_ms: int) -> None:
    """Note the attempts in the file as it is now: somebody may have got a slot while the pass phrase was tried."""
    try:
        save_keyslots(path, replace(read_keyslots(path), failures=failures, last_failure_ms=last_ms))
    except OSError:
        return


def _sync_folder(folder: Path) -> None:
    """Make a rename last. Windows cannot open a folder and needs no such call."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _are_slots(slots: dict[Any, Any]) -> bool:
    return all(_LOGIN.fullmatch(login) and isinstance(slot, dict) for login, slot in slots.items())


def _is_hex(text: str) -> bool:
    try:
        return bool(bytes.fromhex(text))
    except ValueError:
        return False
