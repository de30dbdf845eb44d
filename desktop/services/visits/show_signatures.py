"""The signatures of a visit as they are shown: by whom, how, and whether the visit still says what was signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.canonical import Json
from desktop.domain.entry import Part, SignedEntry
from desktop.domain.registry import RECORD_TYPES, Column
from desktop.domain.signing import LEADER, Versions, finding_bytes, versions_signed
from desktop.domain.strokes import Stroke, strokes_from_json
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_text import visit_texts
from desktop.services.records.visit_values import FROM_PLAN, VisitView, read_visit
from desktop.services.visits.interview import INTERVIEW
from desktop.services.visits.sign_visit import evidence_hashes, shown_parts, text_hash
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import load_log
from desktop.storage.folded import column_values
from desktop.storage.records import Row, json_value


@dataclass(frozen=True)
class ShownSignature:
    """``strokes``: empty where nothing was written by hand, or where what came is no handwriting.

    ``refusal``: why this person did not sign, seen by the ``witnesses``. ``version`` of ``newest`` is the one under
    which it stands; ``is_current``: nothing of what it covers reads differently now.
    """

    key: str
    signer: str
    role: str
    at: str
    strokes: tuple[Stroke, ...]
    refusal: str
    witnesses: tuple[str, ...]
    version: int
    newest: int
    is_current: bool


@dataclass(frozen=True)
class SignedText:
    """What was on the screen when it was signed, put together again from the log.

    ``is_proved``: its hash is the one in the signature. It is not where a unit or site has another name since, or
    where a part of the past has not come here.
    """

    text: str
    is_proved: bool


def shown_signatures(workspace: Workspace, view: VisitView) -> tuple[ShownSignature, ...]:
    """Oldest first."""
    if not view.signatures:
        return ()
    log = load_log(workspace.db, view.id)
    versions = versions_signed(log)
    current = _current(workspace, view, log)
    shown = (_shown(row, versions, is_current=row["key"] in current) for row in view.signatures)
    return tuple(sorted(shown, key=lambda each: (each.at, each.key)))


def signed_text(workspace: Workspace, visit_id: str, key: str) -> SignedText:
    """The text that a signature was written under, whatever was corrected since."""
    view = read_visit(workspace.db, visit_id)
    row = next((each for each in view.signatures if each["key"] == key), None)
    if row is None:
        raise UserError(_("This signature is not in the visit."))
    past = _known_parts(load_log(workspace.db, visit_id))
    covers = _covers(row)
    texts = visit_texts(workspace, _as_it_was(view, covers, past, json_value(row, "evidence", [])))
    proved = next((text for text in texts if text_hash(text) == row["text_sha256"]), None)
    return SignedText(texts[0] if proved is None else proved, proved is not None)


def _known_parts(log: Sequence[SignedEntry]) -> Mapping[tuple[str, str], Part]:
    """{(name, hash): part} of everything that was ever written about the visit and has come here."""
    return {
        (name, signed.entry.parts[name]): part
        for signed in log
        for name, part in signed.parts.items()
        if part.data is not None
    }


def _value(past: Mapping[tuple[str, str], Part], name: str, digest: str) -> bytes:
    part = past.get((name, digest))
    return digest.encode() if part is None else finding_bytes(name, part)


def _current(workspace: Workspace, view: VisitView, log: Sequence[SignedEntry]) -> set[str]:
    """The keys of the signatures under what the visit says now.

    What is covered has to be the same, and so has the text: it also names captions of evidence. A unit that got
    another name after the leader had signed changes nothing.
    """
    past = _known_parts(log)
    now = {name: _value(past, name, digest) for name, digest in shown_parts(log, workspace).items()}
    same = [row for row in view.signatures if _covers_the_same(row, now, past, evidence_hashes(view))]
    texts = {row["text_sha256"] for row in same if row["role"] == LEADER}
    texts.update(map(text_hash, visit_texts(workspace, view)))
    return {str(row["key"]) for row in same if row["text_sha256"] in texts}


def _covers_the_same(
    row: Row, now: Mapping[str, bytes], past: Mapping[tuple[str, str], Part], evidence: Sequence[str]
) -> bool:
    then = {name: _value(past, name, digest) for name, digest in _covers(row).items()}
    return then == now and json_value(row, "evidence", []) == evidence


def _shown(row: Row, versions: Versions, *, is_current: bool) -> ShownSignature:
    witnesses = json_value(row, "witnesses", [])
    return ShownSignature(
        key=str(row["key"]),
        signer=str(row["signer"] or ""),
        role=str(row["role"] or ""),
        at=str(row["at"] or ""),
        strokes=_strokes(json_value(row, "strokes", [])),
        refusal=str(row["refusal"] or ""),
        witnesses=tuple(map(str, witnesses)) if isinstance(witnesses, list) else (),
        version=versions.of.get(str(row["key"]), versions.newest),
        newest=versions.newest,
        is_current=is_current,
    )


def _strokes(value: Json) -> tuple[Stroke, ...]:
    try:
        return strokes_from_json(value)
    except ValueError:
        return ()


def _covers(row: Row) -> dict[str, str]:
    covers = json_value(row, "covers", {})
    return {name: str(digest) for name, digest in covers.items()} if isinstance(covers, dict) else {}


def _as_it_was(
    view: VisitView, covers: Mapping[str, str], past: Mapping[tuple[str, str], Part], evidence: Json
) -> VisitView:
    parts = {name: past[name, digest] for name, digest in covers.items() if (name, digest) in past}
    named = set(map(str, evidence)) if isinstance(evidence, list) else set()
    header = parts.get("header", Part(b"", None)).value
    head = {
        name: value
        for name, value in _row("header", header).items()
        if value is not None or name not in FROM_PLAN
    }
    team = header.get("team")
    return replace(
        view,
        head={**view.head, **head},
        team=tuple(map(str, team)) if isinstance(team, list) else view.team,
        answers={
            int(number): _row("answer/", part.value)
            for name, part in parts.items()
            if (number := name.removeprefix("answer/")).isdecimal()
        },
        observations=tuple(
            _row("observation/", parts[name].value)
            for name in sorted(parts)
            if name.startswith("observation/")
        ),
        evidence=tuple(row for row in view.evidence if row["sha256"] in named),
        interviews=tuple(
            _interview_row(view.id, name, parts[name].value)
            for name in sorted(parts)
            if name.startswith(INTERVIEW) and parts[name].value
        ),
    )


def _interview_row(visit_id: str, name: str, value: Mapping[str, Json]) -> Row:
    """With its lists: the text says the hash of all that an interview says."""
    part = RECORD_TYPES["visit"].part(INTERVIEW)
    columns = dict(zip(part.fields, column_values(part, value), strict=True)) if part else {}
    return {"visit_id": visit_id, "key": name.removeprefix(INTERVIEW), **columns}


def _row(kind: str, value: Mapping[str, Json]) -> dict[str, str | int | None]:
    """The fields of a part as its table would hold them; lists are of no use to the text."""
    part = RECORD_TYPES["visit"].part(kind)
    fields = part.fields if part else {}
    return {name: _plain(column, value.get(name)) for name, column in fields.items()}


def _plain(column: Column, value: Json) -> str | int | None:
    if column is Column.INTEGER:
        return int(value) if isinstance(value, int) else None
    return value if isinstance(value, str) else None
