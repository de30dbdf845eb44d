import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.canonical import NotCanonicalError
from desktop.exchange.base64_text import decode_base64, encode_base64


@given(st.binary())
def test_bytes_come_back(data):
    assert decode_base64(encode_base64(data)) == data


@pytest.mark.parametrize(
    "text", ["A", "AA", "AA=", "AB==", "AA==\n", " AA==", "AA==AA==", "A-_=", "密", "AA===", "="]
)
def test_other_forms_are_refused(text):
    with pytest.raises(NotCanonicalError):
        decode_base64(text)
