"""The nodes a workspace knows: itself, its office, those it enrolled; their cards, and who unlocks this one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.canonical import Json
from desktop.storage.driver import Database


@dataclass(frozen=True)
class NodeRow:
    """A node. ``status``: own, enrolled or revoked; ``card``: its signed card as it came."""

    id: str
    kind: str
    name: str
    card: bytes
    fingerprint: str
    status: str
    revoked: Json = None


@dataclass(frozen=True)
class SecretRow:
    """The secret keys of this node, as text. Never shown, never logged."""

    node: str
    signing: str
    receive: str

    def __repr__(self) -> str:
        return "SecretRow(…)"


def save_node(db: Database, node: NodeRow) -> None:
    db.execute(
        "INSERT INTO node (id, kind, name, card, fingerprint, status, revoked) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET kind = excluded.kind, name = excluded.name, card = excluded.card,"
        " fingerprint = excluded.fingerprint, status = excluded.status, revoked = excluded.revoked",
        [
            node.id,
            node.kind,
            node.name,
            node.card,
            node.fingerprint,
            node.status,
            None if node.revoked is None else json.dumps(node.revoked),
        ],
    )


def find_node(db: Database, node: str) -> NodeRow | None:
    return next(_nodes(db, "WHERE id = ?", [node]), None)


def all_nodes(db: Database) -> list[NodeRow]:
    """Every known node, this one first, then by name."""
    return list(_nodes(db, "ORDER BY status <> 'own', name, id", []))


def save_secret(db: Database, secret: SecretRow) -> None:
    db.execute(
        "INSERT INTO node_secret (one, node, signing, receive) VALUES (1, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET node = excluded.node, signing = excluded.signing, receive = excluded.receive",
        [secret.node, secret.signing, secret.receive],
    )


def read_secret(db: Database) -> SecretRow:
    return SecretRow(*db.execute("SELECT node, signing, receive FROM node_secret").fetchone())


def save_login(db: Database, login: str, person_id: str) -> None:
    db.execute("INSERT INTO login (login, person_id) VALUES (?, ?)", [login, person_id])


def delete_login(db: Database, login: str) -> None:
    db.execute("DELETE FROM login WHERE login = ?", [login])


def all_logins(db: Database) -> list[str]:
    rows = db.execute("SELECT login FROM login ORDER BY length(login), login")
    return [row[0] for row in rows]


def person_of_login(db: Database, login: str) -> str | None:
    row = db.execute("SELECT person_id FROM login WHERE login = ?", [login]).fetchone()
    return row[0] if row else None


def save_trust_list(db: Database, office: str, serial: int, data: bytes, signature: bytes) -> None:
    db.execute(
        "INSERT INTO trust_list (office, serial, bytes, signature) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET serial = excluded.serial, bytes = excluded.bytes, signature = excluded.signature",
        [office, serial, data, signature],
    )


def read_trust_list(db: Database, office: str) -> tuple[int, bytes, bytes] | None:
    """(serial, bytes, signature) of the newest list of an office, or None."""
    row = db.execute("SELECT serial, bytes, signature FROM trust_list WHERE office = ?", [office]).fetchone()
    return (row[0], row[1], row[2]) if row else None


def _nodes(db: Database, clause: str, values: list[str]) -> Iterator[NodeRow]:
    sql = f"SELECT id, kind, name, card, fingerprint, status, revoked FROM node {clause}"
    for node, kind, name, card, fingerprint, status, revoked in db.execute(sql, values):
        details = None if revoked is None else json.loads(revoked)
        yield NodeRow(node, kind, name, card, fingerprint, status, details)
