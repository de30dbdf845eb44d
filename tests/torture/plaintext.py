"""Looking for what must never lie on a disk in the clear."""

from tests.services.worlds import PASSPHRASE, UNITS
from tests.torture.pictures import photo

FACT = "三号窗口上午九点四十分无人值守并且没有公示牌"
PLACE = "云泽市政务服务大厅西侧二楼"
_STRETCH = 48


def secrets_of(theatre):
    """Facts, places, names, the pass phrase and stretches of every photo, in the encodings they could leak in."""
    texts = [FACT, PLACE, PASSPHRASE, "欧阳㛃", "外业王五", *(unit["name"] for unit in UNITS)]
    encoded = {text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le", "gb18030")}
    photos = [photo(number, 200 + 150 * number) for number in range(4)]
    stretches = {data[at : at + _STRETCH] for data in photos for at in (700, len(data) // 2, len(data) - 99)}
    identities = {workspace_secret(theatre, name) for name in ("office", "anna", "bert")}
    return sorted(encoded | stretches | identities)


def workspace_secret(theatre, name):
    with theatre.opened(name, read_only=True) as workspace:
        return workspace.identity.receive.encode()


def plaintext_in(folders, secrets):
    """Every (file, secret) that was found below ``folders``."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [(path.name, secret) for path in files for secret in _found(path.read_bytes(), secrets)]


def _found(data, secrets):
    return [secret for secret in secrets if secret in data]
