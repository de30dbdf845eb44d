import base64
import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from desktop.keys import sshsig
from desktop.keys.sshsig import SignatureInvalidError, is_weak_key, public_line, sign, verify

NAMESPACE = "mingcha-manifest@v1"
MESSAGE = "督查方案\n".encode()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RAW = KEY.public_key().public_bytes_raw()
SIGNATURE = sign(KEY, MESSAGE, NAMESPACE)

needs_ssh_keygen = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="not run: ssh-keygen (openssh-client) is not installed"
)

SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]
OTHER_FORMS = [
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


def fault_of(message: bytes, signature: bytes, namespace: str = NAMESPACE) -> str:
    with pytest.raises(SignatureInvalidError) as caught:
        verify(message, signature, namespace)
    return caught.value.fault


def armored(blob: bytes) -> bytes:
    return sshsig._armor(blob)


@given(st.binary(max_size=2000))
def test_a_signature_names_its_key_and_holds_for_its_message(message):
    assert verify(message, sign(KEY, message, NAMESPACE), NAMESPACE) == RAW


def test_a_changed_message_is_refused():
    assert fault_of(MESSAGE + b" ", SIGNATURE) == "mismatch"


def test_a_signature_for_another_purpose_is_refused():
    assert fault_of(MESSAGE, SIGNATURE, "mingcha-card@v1") == "namespace"


def test_a_namespace_that_was_only_relabelled_is_refused():
    relabelled = sshsig._blob(RAW, b"mingcha-card@v1", sshsig._read(SIGNATURE)[2])

    assert fault_of(MESSAGE, armored(relabelled), "mingcha-card@v1") == "mismatch"


@pytest.mark.parametrize("position", range(0, len(SIGNATURE)))
def test_no_byte_of_a_signature_can_be_changed(position):
    for change in (0x01, 0x20, 0x80):
        changed = bytearray(SIGNATURE)
        changed[position] ^= change

        assert fault_of(MESSAGE, bytes(changed)) in {"form", "namespace", "mismatch", "key"}


@pytest.mark.parametrize("length", range(0, len(SIGNATURE), 7))
def test_a_cut_signature_is_refused(length):
    assert fault_of(MESSAGE, SIGNATURE[:length]) == "form"


@pytest.mark.parametrize(
    "other_form",
    [
        SIGNATURE + b"\n",
        b"\n" + SIGNATURE,
        SIGNATURE.replace(b"\n", b"\r\n"),
        SIGNATURE.rstrip(b"\n"),
        SIGNATURE.replace(b"SSH SIGNATURE", b"PGP SIGNATURE"),
        SIGNATURE[:40] + b"\n" + SIGNATURE[40:],
        SIGNATURE + SIGNATURE,
        b"\xff" * 100,
        b"A" * (sshsig.MAX_SIGNATURE_BYTES + 1),
        "签名".encode(),
    ],
)
def test_only_the_one_written_form_is_accepted(other_form):
    assert fault_of(MESSAGE, other_form) == "form"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"sha512", b"sha256"),
        (b"ssh-ed25519", b"ssh-ed25510"),
        (b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2"),
        (b"SSHSIG", b"SSHSIC"),
        (b"@v1\0\0\0\0\0\0\0\6sha512", b"@v1\0\0\0\1x\0\0\0\6sha512"),
    ],
)
def test_other_versions_hashes_key_types_and_reserved_bytes_are_refused(old, new):
    blob = sshsig._blob(RAW, NAMESPACE.encode(), sshsig._read(SIGNATURE)[2])
    assert old in blob

    assert fault_of(MESSAGE, armored(blob.replace(old, new))) == "form"


@pytest.mark.parametrize("weak", [bytes.fromhex(text) for text in SMALL_ORDER + OTHER_FORMS])
def test_keys_of_small_order_and_second_forms_of_keys_are_refused(weak):
    forged = sshsig._blob(weak, NAMESPACE.encode(), weak + bytes(32))

    assert is_weak_key(weak)
    assert fault_of(MESSAGE, armored(forged)) == "key"


def test_ordinary_keys_are_not_called_weak():
    assert not any(
        is_weak_key(Ed25519PrivateKey.generate().public_key().public_bytes_raw()) for _ in range(100)
    )


def test_a_key_that_is_no_point_of_the_curve_is_refused():
    no_point = (2).to_bytes(32, "little")

    assert fault_of(MESSAGE, armored(sshsig._blob(no_point, NAMESPACE.encode(), bytes(64)))) == "mismatch"


def test_the_public_line_is_that_of_openssh():
    line = public_line(RAW, "张 三")

    openssh = KEY.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    assert line == f"{openssh.decode()} 张 三"
    assert public_line(RAW, "") == openssh.decode()
    assert base64.b64decode(line.split()[1])[-32:] == RAW


def test_a_comment_cannot_add_a_line():
    with pytest.raises(ValueError):
        public_line(RAW, "a\nssh-ed25519 AAAA")


@needs_ssh_keygen
def test_ssh_keygen_accepts_our_signature(tmp_path):
    allowed = tmp_path / "allowed_signers"
    allowed.write_text(f"office {public_line(RAW, 'office')}\n", encoding="utf-8")
    (tmp_path / "message.sig").write_bytes(SIGNATURE)
    command = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "office", "-n", NAMESPACE, "-s"]

    good = subprocess.run([*command, tmp_path / "message.sig"], input=MESSAGE, capture_output=True)
    bad = subprocess.run([*command, tmp_path / "message.sig"], input=MESSAGE + b"!", capture_output=True)

    assert good.returncode == 0, good.stderr
    assert bad.returncode != 0


@needs_ssh_keygen
@pytest.mark.parametrize("size", [0, 1, 70_000])
def test_ssh_keygen_writes_the_same_bytes_as_we(tmp_path, size):
    private = tmp_path / "key"
    private.write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )
    )
    private.chmod(0o600)
    message = tmp_path / "message"
    message.write_bytes(b"x" * size)

    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", private, "-n", NAMESPACE, message], check=True)

    theirs = (tmp_path / "message.sig").read_bytes()
    assert verify(b"x" * size, theirs, NAMESPACE) == RAW
    assert theirs == sign(KEY, b"x" * size, NAMESPACE)
