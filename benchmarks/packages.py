"""Packages of many field nodes, written straight from entries: one visit and its evidence each, 130 rows."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from desktop.domain.author import Author, Statement
from desktop.domain.entry import Kind, Owner, SignedEntry
from desktop.domain.ids import IdMaker
from desktop.exchange.entry_index import IndexRow, encode_index
from desktop.exchange.manifest import (
    NAMESPACE,
    Manifest,
    PackageKind,
    Role,
    Sender,
    key_fingerprint,
    recipient_hashes,
)
from desktop.exchange.records import encode_entries
from desktop.exchange.write_package import PackagePlan, describe_object, write_package
from desktop.keys.card import NodeCard, fingerprint, read_card, write_card
from desktop.keys.identity import NodeIdentity, new_stream_id
from desktop.services.setup.enroll_node import own_card
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import NodeRow, save_node

ANSWERS, EVIDENCE = 14, 19
_START_MS = 1_795_000_000_000
_ROLE = "督查组"


@dataclass(frozen=True)
class FieldNode:
    """A node that exists only to have written a package."""

    identity: NodeIdentity
    stream: str
    entries: tuple[SignedEntry, ...]


def enrolled_nodes(office: Workspace, count: int, seed: int) -> list[FieldNode]:
    """Enroll ``count`` field nodes, each with the entries of one visit of its own."""
    dice, nodes = Random(seed), []
    office_card = read_card(own_card(office))
    with office.db.atomic():
        for number in range(count):
            identity = NodeIdentity.new(dice.randbytes(16).hex())
            card = _card(identity, number, office_card)
            data = write_card(card, identity)
            save_node(office.db, NodeRow(card.node, "field", card.name, data, fingerprint(card), "enrolled"))
            stream = new_stream_id(identity.node)
            nodes.append(FieldNode(identity, stream, tuple(_visit(stream, office.node, number, dice))))
    return nodes


def write_packages(office: Workspace, nodes: list[FieldNode], folder: Path) -> list[Path]:
    """One 成果包 a node, without the evidence itself: what is measured is the records."""
    card = read_card(own_card(office))
    recipients = (card.receive, card.escrow)
    return [_write(node, card.node, recipients, folder / f"{n}") for n, node in enumerate(nodes)]


def _card(identity: NodeIdentity, number: int, office: NodeCard) -> NodeCard:
    return NodeCard(
        node=identity.node,
        kind="field",
        name=f"外业{number}",
        office=office.node,
        sign_key=identity.public_key.hex(),
        receive=identity.recipient,
        escrow=office.escrow,
        person_id=f"person-{number}",
        person_name=f"督查员{number}",
        created="2026-11-20T00:00:00Z",
    )


def _visit(stream: str, home: str, number: int, dice: Random) -> list[SignedEntry]:
    # Packages come in another order than their visits took place.
    now_ms = _START_MS + dice.randrange(30 * 24 * 3600 * 1000)
    author = Author(stream, None, (0, 0), f"person-{number}", _ROLE, lambda: now_ms, dice.randbytes)
    new_id = IdMaker(lambda: now_ms)
    visit = new_id()
    custody = {"holders": [author.node], "n": 1}
    entries = [author.write(Statement(Kind.WRITE, visit, "visit", {"custody": custody}, home=home))]
    seen = {stream: ((entries[0].entry.seq, entries[0].entry.hash),)}
    entries.append(author.write(Statement(Kind.WRITE, visit, "visit", _findings(number), ctx=seen)))
    seen = {stream: ((entries[1].entry.seq, entries[1].entry.hash),)}
    for n in range(EVIDENCE):
        parts = {
            "original": {
                "sha256": dice.randbytes(32).hex(),
                "size": 1_000_000 + n,
                "name": f"IMG_{n:04}.jpg",
            },
            "note": {"item": str(n), "caption": f"第{n}张：现场照片", "is_dropped": False},
        }
        owner = Owner(visit, seen)
        entries.append(
            author.write(Statement(Kind.WRITE, new_id(), "evidence", parts, home=home, owner=owner))
        )
    return entries


def _findings(number: int) -> dict[str, object]:
    head = {"unit_id": "u", "checklist_id": "c", "mode": "明查", "status": "已提交", "leader": "李四"}
    answers = {
        f"answer/{item}": {
            "facts": f"第{number}次检查第{item}项：现场秩序正常，台账齐全，未发现问题。",
            "is_applicable": True,
            "deduct_e4": 10_000 * (item % 3),
            "inputs": {},
            "evidence_ids": [],
        }
        for item in range(1, ANSWERS + 1)
    }
    return {"header": head, **answers}


def _write(node: FieldNode, dest: str, recipients: tuple[str, ...], folder: Path) -> Path:
    folder.mkdir()
    rows = [IndexRow(s.entry.stream, s.entry.seq, s.entry.hash) for s in node.entries]
    contents = [
        (Role.ENTRIES, "application/jsonl", b"".join(encode_entries(node.entries))),
        (Role.INDEX, "application/octet-stream", b"".join(encode_index(rows))),
    ]
    infos = tuple(describe_object([data], role, mime) for role, mime, data in contents)
    by_hash = {info.hash: data for info, (_role, _mime, data) in zip(infos, contents, strict=True)}
    manifest = Manifest(
        package_id=node.identity.node,
        kind=PackageKind.RESULT,
        sender=Sender(node.identity.node, node.stream, key_fingerprint(node.identity.public_key)),
        dest=dest,
        recipients=recipient_hashes(recipients),
        seq=1,
        prev=None,
        created="2026-11-20T08:00:00Z",
        clock_state="ok",
        app="benchmark",
        schema=1,
        objects=infos,
        counts={"entries": len(rows)},
    )
    written = write_package(
        folder,
        PackagePlan(manifest, recipients),
        lambda data: node.identity.sign(NAMESPACE, data),
        lambda digest: iter([by_hash[digest]]),
        lambda _done, _total: None,
    )
    return written.paths[0]
