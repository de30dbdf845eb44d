import json
import os
import stat
from dataclasses import replace

import pytest

from desktop.keys import keyslots as keyslots_module
from desktop.keys.keyslot_errors import (
    KeyslotsDamagedError,
    KeyslotsTooNewError,
    LastSlotError,
    LoginInvalidError,
    LoginTakenError,
    LoginUnknownError,
    TooManyAttemptsError,
)
from desktop.keys.keyslots import (
    FREE_ATTEMPTS,
    LONGEST_PAUSE_S,
    MAX_FILE_BYTES,
    Keyslots,
    read_keyslots,
    save_keyslots,
    unlock,
    unlock_with_recovery,
)
from desktop.keys.passphrase import KdfCost, PassphraseTooShortError, WrongPassphraseError
from desktop.keys.recovery import WrongRecoveryKeyError
from desktop.keys.sealing import encrypt_bytes, new_identity, recipient_of

CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
KEY = bytes(range(32))
PHRASE = "correct horse"
OTHER_PHRASE = "battery staple"
RECOVERY = new_identity()
NOON = 1_795_000_000_000
EMPTY = Keyslots.new("office", "2026-11-20T01:30:05Z", KEY, recipient_of(RECOVERY), is_portable=False)
ONE = EMPTY.with_slot("1", PHRASE, KEY, CHEAP)
TWO = ONE.with_slot("2", OTHER_PHRASE, KEY, CHEAP)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "keyslots.json"
    save_keyslots(path, ONE)
    return path


def try_wrong(path, times, now_ms=NOON):
    for attempt in range(times):
        with pytest.raises(WrongPassphraseError):
            unlock(path, None, "wrong guess", now_ms + 400_000 * attempt)


def change(path, **members):
    path.write_text(json.dumps({**json.loads(path.read_text()), **members}))


# --- unlocking --------------------------------------------------------------------------------------------


def test_the_pass_phrase_unlocks_and_says_who_works(path):
    unlocked = unlock(path, None, PHRASE, NOON)

    assert (unlocked.workspace_key, unlocked.login) == (KEY, "1")


def test_the_workspace_key_is_not_shown(path):
    assert repr(unlock(path, None, PHRASE, NOON)) == "Unlocked(login='1')"


def test_unlocking_writes_nothing_when_all_is_well(path):
    before = path.stat()

    unlock(path, "1", PHRASE, NOON)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_each_person_has_a_slot_of_their_own(path):
    save_keyslots(path, TWO)

    assert unlock(path, "1", PHRASE, NOON).login == "1"
    assert unlock(path, "2", OTHER_PHRASE, NOON).login == "2"
    with pytest.raises(WrongPassphraseError):
        unlock(path, "2", PHRASE, NOON)


def test_a_slot_that_is_taken_away_opens_nothing_and_the_last_one_stays(path):
    save_keyslots(path, TWO.without_slot("2"))

    assert read_keyslots(path) == ONE
    with pytest.raises(LoginUnknownError):
        unlock(path, "2", OTHER_PHRASE, NOON)
    with pytest.raises(LoginUnknownError):
        ONE.without_slot("2")
    with pytest.raises(LastSlotError):
        ONE.without_slot("1")


@pytest.mark.parametrize("login", [None, "3", ""])
def test_where_there_are_several_persons_one_has_to_be_named(path, login):
    save_keyslots(path, TWO)

    with pytest.raises(LoginUnknownError) as caught:
        unlock(path, login, PHRASE, NOON)

    assert caught.value.logins == ("1", "2")
    assert "1、2" in caught.value.advice


def test_a_slot_cannot_be_used_under_another_login_or_in_another_kind_of_workspace(path):
    slot = dict(ONE.slots["1"])

    for moved in (replace(ONE, slots={"2": slot}), replace(ONE, kind="field")):
        save_keyslots(path, moved)
        with pytest.raises(WrongPassphraseError):
            unlock(path, None, PHRASE, NOON)


def test_a_damaged_slot_is_told_from_a_wrong_pass_phrase(path):
    save_keyslots(path, replace(ONE, slots={"1": {**ONE.slots["1"], "memory_kib": 2**40}}))

    with pytest.raises(KeyslotsDamagedError):
        unlock(path, None, PHRASE, NOON)


# --- slots ------------------------------------------------------------------------------------------------


def test_changing_a_pass_phrase_rewrites_one_slot_only(path):
    changed = TWO.with_new_passphrase("1", "a new sentence", KEY, CHEAP)
    save_keyslots(path, changed)

    assert changed.slots["2"] == TWO.slots["2"]
    assert unlock(path, "1", "a new sentence", NOON).workspace_key == KEY
    with pytest.raises(WrongPassphraseError):
        unlock(path, "1", PHRASE, NOON)


def test_the_pass_phrase_of_nobody_cannot_be_changed():
    with pytest.raises(LoginUnknownError):
        ONE.with_new_passphrase("9", "a new sentence", KEY, CHEAP)


def test_a_login_that_is_taken_is_not_given_away():
    with pytest.raises(LoginTakenError):
        ONE.with_slot("1", OTHER_PHRASE, KEY, CHEAP)


@pytest.mark.parametrize("login", ["", "a" * 33, "张三", "a b", "../x", "1\n"])
def test_a_login_is_short_and_plain(login):
    with pytest.raises(LoginInvalidError):
        ONE.with_slot(login, OTHER_PHRASE, KEY, CHEAP)


def test_a_short_pass_phrase_is_refused():
    with pytest.raises(PassphraseTooShortError):
        ONE.with_slot("2", "1234567", KEY, CHEAP)
    with pytest.raises(PassphraseTooShortError):
        ONE.with_new_passphrase("1", "1234567", KEY, CHEAP)


def test_the_default_cost_is_the_strong_one():
    slot = EMPTY.with_slot("1", PHRASE, KEY).slots["1"]

    assert (slot["memory_kib"], slot["passes"]) == (64 * 1024, 3)


# --- recovery ---------------------------------------------------------------------------------------------


def test_the_recovery_key_gives_the_workspace_key_without_any_pass_phrase(path):
    assert read_keyslots(path).open_with_recovery(RECOVERY) == KEY


def test_the_recovery_key_of_another_office_is_refused():
    with pytest.raises(WrongRecoveryKeyError):
        ONE.open_with_recovery(new_identity())


@pytest.mark.parametrize(
    "recovery",
    [
        "00",
        ONE.recovery[:-2],
        ONE.recovery[:-2] + ("00" if ONE.recovery[-2:] != "00" else "01"),
        encrypt_bytes(b"too short", [recipient_of(RECOVERY)]).hex(),
    ],
)
def test_a_damaged_recovery_slot_is_reported(recovery):
    with pytest.raises(KeyslotsDamagedError):
        replace(ONE, recovery=recovery).open_with_recovery(RECOVERY)


# --- wrong attempts ---------------------------------------------------------------------------------------


def test_the_first_wrong_attempts_cost_nothing_but_their_time(path):
    for _attempt in range(FREE_ATTEMPTS):
        with pytest.raises(WrongPassphraseError):
            unlock(path, None, "wrong guess", NOON)


def test_after_three_wrong_attempts_the_next_one_waits_even_if_it_is_right(path):
    try_wrong(path, 3)
    last = NOON + 800_000

    with pytest.raises(TooManyAttemptsError) as caught:
        unlock(path, None, PHRASE, last + 999)

    assert caught.value.seconds == 1
    assert "1" in caught.value.advice
    assert unlock(path, None, PHRASE, last + 1000).workspace_key == KEY


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (11, 256), (12, LONGEST_PAUSE_S), (10**12, LONGEST_PAUSE_S)],
)
def test_the_pause_doubles_up_to_five_minutes(failures, seconds):
    slots = replace(ONE, failures=failures, last_failure_ms=NOON)

    assert slots.seconds_to_wait(NOON) == seconds
    assert slots.seconds_to_wait(NOON + seconds * 1000) == 0


def test_an_attempt_during_the_pause_is_not_counted(path):
    try_wrong(path, 3)

    with pytest.raises(TooManyAttemptsError):
        unlock(path, None, "wrong guess", NOON + 800_000)

    assert read_keyslots(path).failures == 3


def test_success_forgets_the_wrong_attempts(path):
    try_wrong(path, 2)

    unlock(path, None, PHRASE, NOON)

    assert (read_keyslots(path).failures, read_keyslots(path).last_failure_ms) == (0, 0)


def test_setting_the_clock_back_neither_shortens_the_pause_nor_makes_it_last_for_ever(path):
    save_keyslots(path, replace(ONE, failures=8, last_failure_ms=NOON))
    years_ago = NOON - 10**11

    with pytest.raises(TooManyAttemptsError):
        unlock(path, None, PHRASE, years_ago)
    with pytest.raises(TooManyAttemptsError) as caught:
        unlock(path, None, PHRASE, years_ago + 31_000)

    assert caught.value.seconds == 1
    assert unlock(path, None, PHRASE, years_ago + 32_000).workspace_key == KEY


def test_counting_an_attempt_keeps_a_slot_that_was_added_meanwhile(path, monkeypatch):
    real_open = Keyslots.open

    def slow_open(slots, login, passphrase):
        save_keyslots(path, TWO)
        return real_open(slots, login, passphrase)

    monkeypatch.setattr(Keyslots, "open", slow_open)
    with pytest.raises(WrongPassphraseError):
        unlock(path, None, "wrong guess", NOON)

    assert set(read_keyslots(path).slots) == {"1", "2"}
    assert read_keyslots(path).failures == 1


def test_on_a_medium_that_cannot_be_written_unlocking_still_works(path, monkeypatch):
    def read_only(*_args):
        raise PermissionError

    save_keyslots(path, replace(ONE, failures=1, last_failure_ms=NOON))
    monkeypatch.setattr(keyslots_module, "save_keyslots", read_only)

    with pytest.raises(WrongPassphraseError):
        unlock(path, None, "wrong guess", NOON)
    assert unlock(path, None, PHRASE, NOON).workspace_key == KEY


# --- the file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slots", [EMPTY, ONE, TWO, replace(TWO, kind="field", is_portable=True, failures=7)])
def test_what_was_saved_is_read_again(tmp_path, slots):
    save_keyslots(tmp_path / "keyslots.json", slots)

    assert read_keyslots(tmp_path / "keyslots.json") == slots
    assert list(tmp_path.iterdir()) == [tmp_path / "keyslots.json"]


def test_the_file_holds_neither_key_nor_pass_phrase(path):
    text = path.read_text()

    assert KEY.hex() not in text
    assert PHRASE not in text
    assert RECOVERY not in text


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(path, monkeypatch, failing):
    def fail(*_args):
        raise OSError(28, "full")

    before = path.read_bytes()
    monkeypatch.setattr(keyslots_module.os, failing, fail)
    if failing == "replace":
        monkeypatch.setattr(type(path), "replace", fail)

    with pytest.raises(OSError, match="full"):
        save_keyslots(path, TWO)

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_the_file_is_synced_before_it_takes_its_place_and_the_folder_after(path, monkeypatch):
    steps = []
    real_sync, real_replace = os.fsync, type(path).replace

    def sync(descriptor):
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_sync(descriptor)

    def put_in_place(part, target):
        steps.append("rename")
        return real_replace(part, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(type(path), "replace", put_in_place)

    save_keyslots(path, TWO)

    assert steps == ["file", "rename", "folder"]


def test_a_system_that_cannot_sync_folders_is_not_asked_to(path, monkeypatch):
    monkeypatch.delattr(os, "O_DIRECTORY")

    save_keyslots(path, TWO)

    assert read_keyslots(path) == TWO


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b"9" * 10_000,
        b"{}",
        b'{"format": 1}',
        b'{"format": "something else"}',
        b" " * (MAX_FILE_BYTES + 1),
    ],
)
def test_a_damaged_file_is_refused(path, content):
    path.write_bytes(content)

    with pytest.raises(KeyslotsDamagedError):
        read_keyslots(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(KeyslotsDamagedError):
        read_keyslots(tmp_path / "keyslots.json")


@pytest.mark.parametrize(
    "members",
    [
        {"kind": "spy"},
        {"created": 5},
        {"portable": "yes"},
        {"slots": []},
        {"slots": {"1": 5}},
        {"slots": {"a\u202eb": {}}},
        {"recovery": ""},
        {"recovery": "xyz"},
        {"recovery": None},
        {"failures": {"count": "1", "last_ms": 0}},
        {"failures": {"count": 1}},
        {"failures": {"count": 1, "last_ms": 0.5}},
    ],
)
def test_members_of_another_kind_are_refused(path, members):
    change(path, **members)

    with pytest.raises(KeyslotsDamagedError):
        read_keyslots(path)


def test_a_newer_format_asks_for_an_update(path):
    change(path, format="mingcha-keyslots/2")

    with pytest.raises(KeyslotsTooNewError):
        read_keyslots(path)


# --- the recovery key in place ----------------------------------------------------------------------------


def test_the_recovery_key_opens_in_place(path):
    assert unlock_with_recovery(path, RECOVERY, NOON) == KEY


def test_a_foreign_recovery_key_counts_as_a_wrong_attempt(path):
    for attempt in range(FREE_ATTEMPTS):
        with pytest.raises(WrongRecoveryKeyError):
            unlock_with_recovery(path, new_identity(), NOON + attempt)

    assert read_keyslots(path).failures == FREE_ATTEMPTS
    with pytest.raises(TooManyAttemptsError):
        unlock_with_recovery(path, RECOVERY, NOON + FREE_ATTEMPTS)


def test_who_has_proved_to_be_right_is_not_made_to_wait(path):
    try_wrong(path, FREE_ATTEMPTS)

    assert read_keyslots(path).without_failures().seconds_to_wait(NOON) == 0
