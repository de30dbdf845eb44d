import io
import shutil
import subprocess

import pytest
from bech32 import bech32_encode, convertbits
from hypothesis import given
from hypothesis import strategies as st

from desktop.keys import sealing
from desktop.keys.envelope import SealBrokenError, UnknownEnvelopeError, peek_envelope
from desktop.keys.sealing import (
    NotForUsError,
    RecipientInvalidError,
    check_recipient,
    decrypt_bytes,
    decrypt_stream,
    encrypt_bytes,
    encrypt_stream,
    new_identity,
    recipient_of,
)

IDENTITY = new_identity()
RECIPIENT = recipient_of(IDENTITY)
CHUNK = 64 * 1024
BORDERS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5]

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="not run: age is not installed")


def header_length(sealed: bytes) -> int:
    return sealed.index(b"\n", sealed.index(b"\n--- ") + 1) + 1


def recipient_from(raw: int) -> str:
    return bech32_encode("age", convertbits(raw.to_bytes(32, "little"), 8, 5))


class Medium(io.BytesIO):
    """A target that is full after ``size`` bytes."""

    def __init__(self, size: int, error: BaseException) -> None:
        super().__init__()
        self.size, self.error, self.writes_after_error = size, error, -1

    def write(self, data, /):
        if self.tell() + len(data) > self.size:
            self.writes_after_error += 1
            raise self.error
        return super().write(data)


class Source(io.BytesIO):
    """A source that fails after ``good`` reads."""

    def __init__(self, data: bytes, good: int, error: BaseException) -> None:
        super().__init__(data)
        self.good, self.error = good, error

    def read(self, size=-1, /):
        if not self.good:
            raise self.error
        self.good -= 1
        return super().read(size)


@pytest.mark.parametrize("size", BORDERS)
def test_what_was_sealed_opens_again_for_each_recipient(size):
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    other = new_identity()

    sealed = encrypt_bytes(data, [RECIPIENT, recipient_of(other)])

    assert decrypt_bytes(sealed, [IDENTITY]) == data
    assert decrypt_bytes(sealed, [new_identity(), other]) == data


@given(st.binary(max_size=3000))
def test_any_content_survives_sealing(data):
    assert decrypt_bytes(encrypt_bytes(data, [RECIPIENT]), [IDENTITY]) == data


def test_sealing_for_nobody_or_for_too_many_is_refused():
    with pytest.raises(ValueError):
        encrypt_bytes(b"", [])
    with pytest.raises(ValueError):
        encrypt_bytes(b"", [RECIPIENT] * (sealing.MAX_RECIPIENTS + 1))


def test_the_largest_number_of_recipients_can_be_read_again():
    sealed = encrypt_bytes(b"x", [RECIPIENT] * sealing.MAX_RECIPIENTS)

    assert peek_envelope(sealed).recipient_count == sealing.MAX_RECIPIENTS
    assert decrypt_bytes(sealed, [IDENTITY]) == b"x"


def test_a_file_for_somebody_else_is_refused():
    with pytest.raises(NotForUsError):
        decrypt_bytes(encrypt_bytes(b"x", [RECIPIENT]), [new_identity()])
    with pytest.raises(NotForUsError):
        decrypt_bytes(encrypt_bytes(b"x", [RECIPIENT]), [])


SMALL_ORDER_U = [
    0,
    1,
    2**255 - 20,
    2**255 - 19,
    2**255 - 18,
    0x00B8495F16056286FDB1329CEB8D09DA6AC49FF1FAE35616AEB8413B7C7AEBE0,
    0x57119FD0DD4E22D8868E1C58C45C44045BEF839C55B1D0B1248C50A3BC959C5F,
]


@pytest.mark.parametrize("raw", SMALL_ORDER_U)
def test_recipients_that_everybody_could_open_are_refused(raw):
    with pytest.raises(RecipientInvalidError):
        check_recipient(recipient_from(raw))
    with pytest.raises(RecipientInvalidError):
        encrypt_bytes(b"x", [recipient_from(raw)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age1",
        RECIPIENT.upper(),
        RECIPIENT + " ",
        RECIPIENT[:-1],
        RECIPIENT[:-1] + ("q" if RECIPIENT[-1] != "q" else "p"),
        IDENTITY,
        "ssh-ed25519 AAAA",
        bech32_encode("age", convertbits(bytes(range(31)), 8, 5)),
        bech32_encode("age", [1] * 53),
        bech32_encode("ago", convertbits(bytes(range(32)), 8, 5)),
        "收件人",
    ],
)
def test_only_the_one_form_of_a_recipient_is_accepted(text):
    with pytest.raises(RecipientInvalidError):
        check_recipient(text)


def test_a_good_recipient_is_returned():
    assert check_recipient(RECIPIENT) == RECIPIENT


@pytest.mark.parametrize("identity", ["", IDENTITY[:-1], RECIPIENT])
def test_a_bad_identity_is_refused_without_quoting_it(identity):
    with pytest.raises(ValueError) as caught:
        decrypt_bytes(encrypt_bytes(b"x", [RECIPIENT]), [identity])

    assert str(caught.value) == "not an age identity"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


# --- errors of the two ends -------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [1, 100, 3000, 8191, 8192, 9000, 70_000, 200_000])
def test_a_full_medium_is_never_taken_for_success(missing):
    data = b"x" * 200_000
    sealed_size = len(encrypt_bytes(data, [RECIPIENT]))
    full = OSError(28, "full")
    # The header varies by some hundred bytes; at least one byte is always missing.
    medium = Medium(max(0, sealed_size - 300 - missing), full)

    with pytest.raises(OSError) as caught:
        encrypt_stream(io.BytesIO(data), medium, [RECIPIENT])

    assert caught.value is full
    assert medium.writes_after_error == 0


@pytest.mark.parametrize("room", [0, 1, 8192, 65_536, 199_999])
def test_a_full_disk_while_opening_is_never_taken_for_success(room):
    full = OSError(28, "full")

    with pytest.raises(OSError) as caught:
        decrypt_stream(io.BytesIO(encrypt_bytes(b"x" * 200_000, [RECIPIENT])), Medium(room, full), [IDENTITY])

    assert caught.value is full


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("cancelled"), OSError(5, "pulled")])
@pytest.mark.parametrize("good", [0, 1, 2, 5])
def test_an_exception_of_the_source_comes_out_as_it_was(error, good):
    data = b"x" * 200_000
    sealed = encrypt_bytes(data, [RECIPIENT])
    target = io.BytesIO()

    with pytest.raises(type(error)) as caught:
        encrypt_stream(Source(data, good, error), target, [RECIPIENT])
    with pytest.raises(type(error)) as caught_again:
        decrypt_stream(Source(sealed, good, error), io.BytesIO(), [IDENTITY])

    assert caught.value is error
    assert caught_again.value is error
    with pytest.raises(SealBrokenError):
        decrypt_bytes(target.getvalue(), [IDENTITY])


def test_an_exception_of_the_target_comes_out_as_it_was():
    class CancelledOnWriteError(Exception):
        pass

    error = CancelledOnWriteError()

    with pytest.raises(CancelledOnWriteError) as caught:
        encrypt_stream(io.BytesIO(b"x" * 200_000), Medium(100_000, error), [RECIPIENT])

    assert caught.value is error


def test_a_target_that_takes_little_at_a_time_gets_everything():
    class Slow(io.BytesIO):
        def write(self, data, /):
            return super().write(data[:1000])

    target = Slow()

    encrypt_stream(io.BytesIO(b"x" * 100_000), target, [RECIPIENT])

    assert decrypt_bytes(target.getvalue(), [IDENTITY]) == b"x" * 100_000


@pytest.mark.parametrize("answer", [None, 0, -1, 10**9])
def test_a_target_that_takes_nothing_or_lies_is_an_error(answer):
    class Odd:
        def write(self, _data):
            return answer

    with pytest.raises(OSError, match="a write took no bytes or too many"):
        encrypt_stream(io.BytesIO(b"x"), Odd(), [RECIPIENT])


def test_a_source_that_gives_little_at_a_time_is_read_whole():
    class Slow(io.BytesIO):
        def read(self, size=-1, /):
            return super().read(min(size, 7))

    target, opened = io.BytesIO(), io.BytesIO()

    encrypt_stream(Slow(b"x" * 3000), target, [RECIPIENT])
    decrypt_stream(Slow(target.getvalue()), opened, [IDENTITY])

    assert opened.getvalue() == b"x" * 3000


def test_a_complaint_of_the_library_alone_is_not_success(monkeypatch):
    def complain(*_args):
        raise OSError("the library is ill")

    monkeypatch.setattr(sealing.pyrage, "encrypt_io", complain)

    with pytest.raises(OSError, match="the library is ill"):
        encrypt_bytes(b"x", [RECIPIENT])


def test_the_ends_may_be_flushed():
    target = sealing._Target(io.BytesIO())

    target.flush()

    assert target.count == 0


# --- damage -----------------------------------------------------------------------------------------------


def reason_of(sealed: bytes) -> str:
    with pytest.raises(SealBrokenError) as caught:
        decrypt_bytes(sealed, [IDENTITY])
    return caught.value.reason


SAMPLES = [encrypt_bytes(b"x" * size, [RECIPIENT]) for size in (0, 5, CHUNK, 2 * CHUNK + 9)]


@given(st.sampled_from(SAMPLES), st.floats(0, 1, exclude_max=True), st.booleans(), st.integers(0, 7))
def test_no_bit_of_a_sealed_file_can_be_changed(sample, place, in_header, bit):
    changed = bytearray(sample)
    changed[int(place * (header_length(sample) if in_header else len(sample)))] ^= 1 << bit

    with pytest.raises((SealBrokenError, UnknownEnvelopeError, NotForUsError)):
        decrypt_bytes(bytes(changed), [IDENTITY])


@given(st.sampled_from(SAMPLES), st.floats(0, 1, exclude_max=True))
def test_no_cut_file_opens(sample, place):
    assert reason_of(sample[: int(place * len(sample))]) in {"truncated", "payload"}


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_a_file_cut_between_chunks_is_called_cut(chunks):
    sealed = encrypt_bytes(b"x" * (2 * CHUNK + 1), [RECIPIENT])

    assert reason_of(sealed[: header_length(sealed) + 16 + chunks * (CHUNK + 16)]) == "truncated"


def test_a_header_cut_anywhere_is_called_cut():
    sealed = encrypt_bytes(b"", [RECIPIENT])

    assert {reason_of(sealed[:length]) for length in range(header_length(sealed) + 16)} == {"truncated"}


def test_a_damaged_header_and_a_damaged_payload_are_told_apart():
    sealed = bytearray(encrypt_bytes(b"x" * CHUNK, [RECIPIENT]))
    mac = sealed.index(b"\n--- ") + 5
    bad_header = bytearray(sealed)
    bad_header[mac] = ord("A") if sealed[mac] != ord("A") else ord("B")
    bad_payload = bytearray(sealed)
    bad_payload[-1] ^= 1

    assert reason_of(bytes(bad_header)) == "header"
    assert reason_of(bytes(bad_payload)) == "payload"


@pytest.mark.parametrize("size", BORDERS)
@pytest.mark.parametrize("extra", [1, 16, CHUNK + 16, 2 * CHUNK])
def test_bytes_after_the_end_are_refused(size, extra):
    sealed = encrypt_bytes(b"x" * size, [RECIPIENT])

    assert reason_of(sealed + bytes(extra)) == "payload"


def test_two_sealed_files_in_one_are_refused():
    sealed = encrypt_bytes(b"x", [RECIPIENT])

    assert reason_of(sealed + sealed) == "payload"


def test_swapped_chunks_are_refused():
    sealed = encrypt_bytes(b"a" * CHUNK + b"b" * CHUNK + b"c", [RECIPIENT])
    start, size = header_length(sealed) + 16, CHUNK + 16
    first, second = sealed[start : start + size], sealed[start + size : start + 2 * size]

    assert reason_of(sealed[:start] + second + first + sealed[start + 2 * size :]) == "payload"


# --- the standard tool ------------------------------------------------------------------------------------


@needs_age
def test_the_age_command_opens_what_we_seal_and_we_open_what_it_seals(tmp_path):
    (tmp_path / "key.txt").write_text(IDENTITY + "\n", encoding="ascii")
    data = b"x" * (2 * CHUNK)

    theirs = subprocess.run(["age", "-r", RECIPIENT], input=data, capture_output=True, check=True).stdout
    opened = subprocess.run(
        ["age", "-d", "-i", tmp_path / "key.txt"],
        input=encrypt_bytes(data, [RECIPIENT]),
        capture_output=True,
        check=True,
    ).stdout

    assert opened == data
    assert decrypt_bytes(theirs, [IDENTITY]) == data
