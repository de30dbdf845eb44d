"""Bytes as text in JSON: base64 (RFC 4648, chapter 4) with padding, and only the one form there is for them."""

import base64

from desktop.domain.canonical import NotCanonicalError


def encode_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """Return the bytes; raises NotCanonicalError also for unused bits that are not zero."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise NotCanonicalError("not base64") from None
    if encode_base64(data) != text:
        raise NotCanonicalError("not the one base64 form of its bytes")
    return data
