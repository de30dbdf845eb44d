import pytest

from desktop.exchange.record_reader import read_records
from desktop.exchange.refusal import PackageRefusedError
from desktop.exchange.trust_list import SignedTrustList, encode_trust_lists, trust_list_reader


def read(data):
    return list(read_records(trust_list_reader(), [data]))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_lists_come_back_byte_for_byte(count):
    lists = [SignedTrustList(bytes([n, 255, 10]), b"signature\n") for n in range(count)]

    assert read(b"".join(encode_trust_lists(lists))) == lists


@pytest.mark.parametrize(
    "line", [b'{"list":"AAAA"}', b'{"list":"AAAA","sig":""x}', b'{"list":"A","sig":"AAAA"}']
)
def test_line_that_is_no_signed_list_is_refused(line):
    with pytest.raises(PackageRefusedError):
        read(b'{"object":"trust","v":1}\n' + line + b"\n")
