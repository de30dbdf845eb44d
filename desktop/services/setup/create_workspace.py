"""Making a workspace: keys, an encrypted database, the first entries of the node's stream.

Everything is made in a folder with another name and put in its place at the end, so that a crash leaves no half
workspace behind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.domain.ids import IdMaker
from desktop.domain.lengths import LONGEST_NAME, check_length
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.card import NodeCard, fingerprint, read_card, write_card
from desktop.keys.identity import NodeIdentity, new_node_id, new_stream_id
from desktop.keys.keyslots import Keyslots, save_keyslots
from desktop.keys.keytree import KeyTree, new_workspace_key
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.keys.sealing import new_identity, recipient_of
from desktop.services.setup.issue_trust_list import issue_trust_list
from desktop.services.workspace.journal import birth, write_entries
from desktop.services.workspace.local_time import utc_time
from desktop.services.workspace.new_folder import check_new_folder, new_folder
from desktop.services.workspace.open_workspace import assemble, system_clock_ms
from desktop.services.workspace.seed_master_data import seed_statements
from desktop.services.workspace.workspace import (
    DATABASE,
    ESCROW_SETTING,
    FOLDERS,
    KEYSLOTS,
    LOCK,
    OFFICE_SETTING,
    STREAM_SETTING,
    Workspace,
)
from desktop.storage.database import create_database, open_database
from desktop.storage.driver import Database
from desktop.storage.lock import WriterLock
from desktop.storage.nodes import NodeRow, SecretRow, save_login, save_node, save_secret
from desktop.storage.places import check_local
from desktop.storage.settings_table import write_setting

FIRST_LOGIN = "1"


@dataclass(frozen=True)
class NewOffice:
    """``recovery_key`` is shown and printed once; nothing on this computer keeps it."""

    workspace: Workspace
    recovery_key: str = field(repr=False)


@dataclass(frozen=True)
class _Plan:
    kind: str
    name: str
    person: str
    passphrase: str = field(repr=False)
    escrow: str
    office: NodeCard | None
    is_portable: bool
    cost: KdfCost
    clock_ms: Callable[[], int]


def create_office(
    folder: Path,
    name: str,
    person: str,
    passphrase: str,
    *,
    is_portable: bool = False,
    cost: KdfCost = STANDARD_COST,
    clock_ms: Callable[[], int] = system_clock_ms,
) -> NewOffice:
    """Make the workspace of an office, with its checklists and categories; the folder must be new or empty."""
    recovery_key = new_identity()
    plan = _Plan(
        "office", name, person, passphrase, recipient_of(recovery_key), None, is_portable, cost, clock_ms
    )
    return NewOffice(_create(folder, plan), recovery_key)


def create_field_node(
    folder: Path,
    name: str,
    person: str,
    passphrase: str,
    office_card: bytes,
    *,
    is_portable: bool = False,
    cost: KdfCost = STANDARD_COST,
    clock_ms: Callable[[], int] = system_clock_ms,
) -> Workspace:
    """Make the workspace of a field node that reports to the office whose card this is."""
    office = read_card(office_card)
    if office.kind != "office":
        raise UserError(
            _("This card does not belong to an office."),
            _("Take the card of the office the inspections are for."),
        )
    plan = _Plan("field", name, person, passphrase, office.escrow, office, is_portable, cost, clock_ms)
    workspace = _create(folder, plan)
    with workspace.db.atomic():
        save_node(
            workspace.db,
            NodeRow(office.node, "office", office.name, office_card, fingerprint(office), "enrolled"),
        )
    return workspace


def _create(folder: Path, plan: _Plan) -> Workspace:
    _check_names(plan)
    check_new_folder(folder)
    check_local(folder.parent, is_portable=plan.is_portable)
    with new_folder(folder, "new") as draft:
        workspace_key = new_workspace_key()
        keyslots = Keyslots.new(
            plan.kind, utc_time(plan.clock_ms()), workspace_key, plan.escrow, is_portable=plan.is_portable
        ).with_slot(FIRST_LOGIN, plan.passphrase, workspace_key, plan.cost)
        for name in FOLDERS:
            (draft / name).mkdir(0o700)
        db = create_database(draft / DATABASE, KeyTree(workspace_key).database_key())
        _fill(db, plan, draft, keyslots, workspace_key)
        save_keyslots(draft / KEYSLOTS, keyslots)
    return _open_new(folder, plan, keyslots, workspace_key)


def _fill(db: Database, plan: _Plan, folder: Path, keyslots: Keyslots, workspace_key: bytes) -> None:
    new_id = IdMaker(plan.clock_ms)
    identity = NodeIdentity.new(new_node_id())
    person_id = new_id()
    card = NodeCard(
        node=identity.node,
        kind=plan.kind,
        name=plan.name,
        office=plan.office.node if plan.office else identity.node,
        sign_key=identity.public_key.hex(),
        receive=identity.recipient,
        escrow=plan.escrow,
        person_id=person_id,
        person_name=plan.person,
        created=utc_time(plan.clock_ms()),
    )
    card_file = write_card(card, identity)
    with db.atomic():
        save_secret(db, SecretRow(identity.node, identity.signing_text, identity.receive))
        save_node(db, NodeRow(identity.node, plan.kind, plan.name, card_file, fingerprint(card), "own"))
        save_login(db, FIRST_LOGIN, person_id)
        for key, value in {
            OFFICE_SETTING: card.office,
            ESCROW_SETTING: plan.escrow,
            STREAM_SETTING: new_stream_id(identity.node),
        }.items():
            write_setting(db, key, value)
        keys = KeyTree(workspace_key)
        workspace = assemble(folder, keyslots, keys, db, None, FIRST_LOGIN, plan.clock_ms)
        write_entries(workspace, [Statement(Kind.OPEN, parts={"event": _opening(card_file)})])
        if plan.kind == "office":
            first = birth(workspace, person_id, "person", {"facts": {"name": plan.person}})
            office = birth(workspace, new_id(), "office", {"profile": {"name": plan.name}})
            write_entries(workspace, [office, first, *seed_statements(workspace)])
            issue_trust_list(workspace)
    db.close()


def _opening(card_file: bytes) -> Mapping[str, object]:
    """What a stream begins with: whose it is. A restored one also names the last known head."""
    return {"event": "opened", "card": card_file.decode(), "after": None}


def _open_new(folder: Path, plan: _Plan, keyslots: Keyslots, workspace_key: bytes) -> Workspace:
    keys = KeyTree(workspace_key)
    lock = WriterLock(folder / LOCK)
    db = open_database(folder / DATABASE, keys.database_key())
    return assemble(folder, keyslots, keys, db, lock, FIRST_LOGIN, plan.clock_ms)


def _check_names(plan: _Plan) -> None:
    if not plan.name.strip() or not plan.person.strip():
        raise UserError(
            _("A workspace needs a name, and the name of the person who works with it."),
            _("Give both (--office or --field, and --person)."),
        )
    for name in (plan.name, plan.person):
        check_length(_("Name"), name, LONGEST_NAME)
