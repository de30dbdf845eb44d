import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange import tarstream
from desktop.exchange.padme import padded_size
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.tarstream import TarParser, header
from tests.exchange.packages import as_object, tar_of

OBJECT = "o/" + "ab" * 32


class Received:
    """Writes down what a parser tells."""

    def __init__(self):
        self.members = []
        self.open = None

    def begin(self, name, size):
        assert self.open is None
        self.open = (name, size, bytearray())

    def data(self, block):
        assert block
        self.open[2].extend(block)

    def end(self):
        name, size, data = self.open
        assert len(data) == size
        self.members.append((name, bytes(data)))
        self.open = None


def parse(tar, cuts=()):
    received = Received()
    parser = TarParser(received)
    for start, end in zip([0, *cuts], [*cuts, len(tar)], strict=True):
        assert parser.write(tar[start:end]) == end - start
    parser.close()
    return received.members


def refusal_of(tar):
    with pytest.raises(PackageRefusedError) as refused:
        parse(tar)
    assert refused.value.reason is Refusal.BAD_STRUCTURE
    return refused.value.place


def spoiled(**fields):
    """Return a header of an otherwise good member with other bytes at some offsets, checksum made right again."""
    block = bytearray(header(OBJECT, 0))
    for offset, data in fields.items():
        at = int(offset.removeprefix("at_"))
        block[at : at + len(data)] = data
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def python_header(name, size=0, tar_format=tarfile.USTAR_FORMAT):
    info = tarfile.TarInfo(name)
    info.mode, info.size = 0o600, size
    return info.tobuf(format=tar_format)


@pytest.mark.parametrize(("name", "size"), [("pad", 0), ("manifest.json", 77), (OBJECT, 8**11 - 1)])
def test_header_is_what_other_programs_write(name, size):
    assert header(name, size) == python_header(name, size=size)


def test_python_reads_what_we_write():
    members = [("manifest.json", b"{}"), as_object(b"x" * 1000)]

    with tarfile.open(fileobj=io.BytesIO(tar_of(members, pad=b""))) as tar:
        read = [(info.name, tar.extractfile(info).read()) for info in tar]

    assert read == members


@given(
    st.lists(st.tuples(st.sampled_from(["manifest.json", "manifest.sig", OBJECT]), st.binary(max_size=2000))),
    st.data(),
)
def test_cuts_between_writes_change_nothing(members, data):
    tar = tar_of(members, pad=b"")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(tar)))))

    assert parse(tar, cuts) == members


def test_bytes_may_come_one_by_one():
    tar = tar_of([("manifest.json", b"{}"), as_object(b"note")], pad=b"")

    assert parse(tar, range(1, len(tar))) == [("manifest.json", b"{}"), as_object(b"note")]


@given(st.binary(max_size=4000), st.integers(0, 3), st.data())
def test_foreign_bytes_are_read_as_written_or_refused(noise, member_count, data):
    tar = bytearray(tar_of([as_object(b"x" * 700)] * member_count, pad=b""))
    at = data.draw(st.integers(0, len(tar)))
    tar[at : at + len(noise)] = noise

    try:
        members = parse(bytes(tar))
    except PackageRefusedError:
        return

    assert tar_of(members, pad=b"") == tar


@pytest.mark.parametrize(
    "name",
    [
        b"../x",
        b"/x",
        rb"C:\x",
        b"con",
        b"o/" + b"AB" * 32,
        b"o/" + b"ab" * 31,
        b"o/" + b"ab" * 33,
        b"o/" + b"ab" * 32 + b"/x",
        b"o/../" + b"ab" * 32,
        b"manifest.json\n",
        b"Manifest.json",
        b"manifest.json.",
        b"manifest.json\0x",
        b"pad\x01",
        b"\xe5\xaf\x86.json",
        b"",
    ],
    ids=repr,
)
def test_other_names_are_refused(name):
    assert "a member named" in refusal_of(spoiled(at_0=name.ljust(100, b"\0")) + tarstream.END)


@pytest.mark.parametrize(
    "member_type", [b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"x", b"g", b"L", b"K", b"S", b"V", b"\0", b"A"]
)
def test_other_types_than_regular_files_are_refused(member_type):
    assert refusal_of(spoiled(at_156=member_type) + tarstream.END) == f"byte 0: the header of {OBJECT}"


@pytest.mark.parametrize(
    "fields",
    [
        {"at_100": b"0000644\0"},
        {"at_108": b"0001750\0"},
        {"at_124": b"00000000000 "},
        {"at_124": b"0000000008\0\0"},
        {"at_124": b"\x80" + bytes(11)},
        {"at_124": b"-0000000001\0"},
        {"at_124": b"0000000_000\0"},
        {"at_136": b"00000000001\0"},
        {"at_157": b"pad"},
        {"at_257": b"ustar  \0"},
        {"at_257": bytes(8)},
        {"at_265": b"root\0"},
        {"at_329": b"0000000\0"},
        {"at_345": b"prefix"},
        {"at_500": b"x"},
    ],
    ids=repr,
)
def test_headers_in_another_form_are_refused(fields):
    assert f"the header of {OBJECT}" in refusal_of(spoiled(**fields) + tarstream.END)


def test_wrong_checksum_is_refused():
    block = bytearray(header(OBJECT, 0))
    block[148] ^= 1

    assert "the header of" in refusal_of(bytes(block) + tarstream.END)


def test_pax_and_gnu_extensions_are_refused():
    long_name = "o/" + "ab" * 32 + "x" * 200
    for tar_format in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        assert refusal_of(python_header(long_name, tar_format=tar_format) + tarstream.END)


def test_filler_that_is_not_zero_is_refused():
    tar = bytearray(tar_of([("manifest.json", b"{}")], pad=b""))
    tar[512 + 100] = 1

    assert "filler that is not zero" in refusal_of(bytes(tar))


@pytest.mark.parametrize("end", [b"", bytes(512), bytes(1023), bytes(100)])
def test_tar_without_two_zero_blocks_is_refused(end):
    assert "ends early" in refusal_of(tar_of([("manifest.json", b"{}")], pad=b"", end=end))


def test_tar_cut_in_a_member_is_refused():
    assert "ends early" in refusal_of(tar_of([as_object(b"x" * 700)], pad=b"")[:900])


@pytest.mark.parametrize("extra", [b"\0", bytes(512), b"x", header("pad", 0)])
def test_bytes_after_the_end_are_refused(extra):
    assert "bytes after the end" in refusal_of(tar_of([("manifest.json", b"{}")], pad=b"") + extra)


def test_member_after_one_zero_block_is_refused():
    tar = tar_of([("manifest.json", b"{}")], pad=b"", end=bytes(512))

    assert "a member after the end" in refusal_of(tar + header("pad", 0) + tarstream.END)


def test_parser_holds_no_more_than_a_header():
    blocks = []

    class Receiver(Received):
        def data(self, block):
            blocks.append(len(block))

        def end(self):
            pass

    parser = TarParser(Receiver())
    parser.write(header(OBJECT, 1 << 30))
    for _ in range(10):
        parser.write(bytes(8192))

    assert blocks == [8192] * 10


@given(st.integers(0, 2**32))
def test_pad_makes_the_whole_a_padme_size(content_blocks):
    content = content_blocks * 512

    whole = content + tarstream.member_size(tarstream.pad_size(content)) + len(tarstream.END)

    assert padded_size(whole) == whole
    assert tarstream.pad_size(content) % 512 == 0
