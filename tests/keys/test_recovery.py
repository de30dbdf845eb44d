import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.keys.recovery import (
    KEY_LETTERS,
    MAX_TEXT,
    RecoveryTextError,
    RecoveryTypingError,
    grouped,
    look_at_typed,
    read_recovery_text,
)
from desktop.keys.sealing import new_identity

KEY = new_identity()
SECRET = KEY.removeprefix("AGE-SECRET-KEY-1")
GROUPS = [SECRET[i : i + 4] for i in range(0, len(SECRET), 4)]


def test_the_groups_are_four_letters_each_and_lose_nothing():
    groups = grouped(KEY).split(" ")

    assert "".join(groups) == KEY
    assert {len(group) for group in groups[:-1]} == {4}


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        KEY.lower(),
        grouped(KEY),
        grouped(KEY).replace(" ", "\r\n"),
        grouped(KEY).replace(" ", "-"),
        grouped(KEY).replace(" ", " – "),
        f"\ufeff  {KEY}\n",
        "".join(chr(ord(letter) + 0xFEE0) for letter in KEY),
        SECRET,
        " ".join(GROUPS).lower(),
        f"# created: 2026-11-20\n# public key: age1xyz\n{KEY}\n",
        f"恢复密钥：\n{grouped(KEY)}\n请妥善保管。Keep it in a safe.\n",
        f"It begins with AGE-SECRET-KEY-1 and goes on.\n{grouped(KEY)}",
        "AGE-SECRET-KEY-1\n"
        + "\n".join(f"第 {n} 行  " + " ".join(GROUPS[5 * n - 5 : 5 * n]) for n in range(1, 4)),
        "Start AGE-SECRET-KEY-1\n"
        + "\n".join(f"Line {n} " + " ".join(GROUPS[5 * n - 5 : 5 * n]) for n in range(1, 4)),
    ],
)
def test_the_key_is_found_however_it_was_typed_or_printed(text):
    assert read_recovery_text(text) == KEY


@given(st.text(alphabet=" -\n\t–　", max_size=3), st.booleans())
def test_what_stands_between_the_letters_does_not_matter(between, is_lower):
    text = between.join(KEY)

    assert read_recovery_text(text.lower() if is_lower else text) == KEY


@pytest.mark.parametrize("position", [0, 1, 20, 56, 57])
@pytest.mark.parametrize("letter", ["Q", "P", "1", "B", "O"])
def test_a_mistyped_letter_is_called_a_typing_mistake(position, letter):
    if SECRET[position] == letter:
        letter = "Z"
    mistyped = SECRET[:position] + letter + SECRET[position + 1 :]

    for text in (mistyped, f"AGE-SECRET-KEY-1{mistyped}"):
        with pytest.raises(RecoveryTypingError):
            read_recovery_text(text)


@pytest.mark.parametrize(
    "text",
    ["", "AGE-SECRET-KEY-1", KEY[:-1], KEY[1:], SECRET[:-1], "密钥丢失", "x" * 500, " " * MAX_TEXT + KEY],
)
def test_without_a_whole_key_the_text_is_refused(text):
    with pytest.raises(RecoveryTextError):
        read_recovery_text(text)


@given(st.text(max_size=200))
def test_any_text_gives_a_sentence(text):
    with pytest.raises((RecoveryTextError, RecoveryTypingError)):
        read_recovery_text(text)


def test_the_errors_do_not_quote_the_key():
    with pytest.raises(RecoveryTypingError) as caught:
        read_recovery_text(KEY[:-1] + "B")

    assert SECRET[:8] not in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_is_typed_is_looked_at_without_refusing_it():
    whole = look_at_typed(KEY)
    assert (whole.letters, whole.is_complete, whole.is_right) == (KEY_LETTERS, True, True)
    half = look_at_typed(grouped(KEY)[:20])
    assert (half.letters, half.is_complete, half.is_right) == (
        len(grouped(KEY)[:20].replace(" ", "").replace("-", "")),
        False,
        False,
    )
    wrong = look_at_typed(KEY[:-1] + ("Q" if KEY[-1] != "Q" else "P"))
    assert (wrong.is_complete, wrong.is_right) == (True, False)
