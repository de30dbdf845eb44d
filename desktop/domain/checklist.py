"""检查表: what is inspected and how it is scored; immutable once a visit has used it.

A checklist is read from a JSON object: a file in ``resources/checklists`` or what the office stored. Visits cite its
code, version and content hash, so that a changed copy under the same name is noticed.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from desktop.domain import canonical
from desktop.domain.canonical import NotCanonicalError
from desktop.domain.fields import Fields
from desktop.domain.names import display_name
from desktop.domain.points import show
from desktop.domain.read_rule import read_rule
from desktop.domain.rules import Rule
from desktop.errors import UserError
from desktop.i18n import _

TOTAL_POINTS = 100
MAX_ITEMS = 100
Value = Mapping[str, object]
_CODE = re.compile(r"[A-Z]{2,8}-([0-9]{4}-V[0-9]{1,4})")


@dataclass(frozen=True)
class Item:
    """One line of a checklist.

    ``evidence_min`` is how many pieces of evidence it needs where it applies; with ``photo_on_fail`` a deduction
    needs a photo.
    """

    no: int
    title: str
    points: Decimal
    criteria: str
    method: str
    veto: bool
    veto_text: str
    allow_na: bool
    rule: Rule
    evidence_min: int
    photo_on_fail: bool


@dataclass(frozen=True)
class Checklist:
    """``value`` is the JSON object it was read from, ``content_hash`` the SHA-256 of its canonical bytes."""

    code: str
    version: str
    name: str
    mode: str
    object: str
    category: str
    note: str
    items: tuple[Item, ...]
    content_hash: str
    value: Value = field(repr=False, compare=False)

    def item(self, no: int) -> Item | None:
        return self.items[no - 1] if 1 <= no <= len(self.items) else None


def read_checklist(value: object, file_name: str | None = None) -> Checklist:
    """Read a checklist strictly; raises UserError naming the checklist, the item and what is wrong.

    ``file_name`` is given where it comes from a file: it has to be called <code>.json.
    """
    fields = Fields(value)
    code = fields.text("code")
    try:
        checklist = _read(fields, code)
    except UserError as error:
        raise UserError(
            _("Checklist {code}: {problem}").format(code=display_name(code, 40), problem=error.problem),
            error.advice,
        ) from None
    if file_name is not None and file_name != f"{code}.json":
        raise UserError(
            _("The checklist {code} lies in a file of another name: {name}.").format(
                code=code, name=display_name(file_name)
            ),
            _("Call the file {name}.").format(name=f"{code}.json"),
        )
    return checklist


def _read(fields: Fields, code: str) -> Checklist:
    version = fields.text("version")
    match = _CODE.fullmatch(code)
    if match is None or match.group(1) != version:
        raise UserError(
            _("The code must be letters, a year and a version that agrees with the field “version”."),
            _("For example: {example}").format(example="ZDXM-2026-V1"),
        )
    values = fields.list("items")
    if len(values) > MAX_ITEMS:
        raise UserError(_("There are more than {count} items.").format(count=MAX_ITEMS))
    items = tuple(_read_item(value, no) for no, value in enumerate(values, start=1))
    total = sum((item.points for item in items), start=Decimal(0))
    if total != TOTAL_POINTS:
        raise UserError(_("The points of the items sum to {total}, not to 100.").format(total=show(total)))
    checklist = Checklist(
        code=code,
        version=version,
        name=fields.text("name"),
        mode=fields.text("mode"),
        object=fields.text("object"),
        category=fields.text("category"),
        note=fields.text("note", ""),
        items=items,
        content_hash=_content_hash(fields.whole),
        value=fields.whole,
    )
    fields.done()
    return checklist


def _read_item(value: object, no: int) -> Item:
    try:
        return _item(Fields(value), no)
    except UserError as error:
        raise UserError(
            _("item {no}: {problem}").format(no=no, problem=error.problem), error.advice
        ) from None


def _item(fields: Fields, no: int) -> Item:
    if fields.integer("no", 1) != no:
        raise UserError(_("The numbers of the items must count up from 1."))
    points = _points(fields.number("points", 0))
    item = Item(
        no=no,
        title=fields.text("title"),
        points=points,
        criteria=fields.text("criteria"),
        method=fields.text("method"),
        veto=fields.flag("veto"),
        veto_text=fields.text("veto_text", ""),
        allow_na=fields.flag("allow_na"),
        rule=read_rule(fields.value("rule"), points),
        evidence_min=fields.integer("evidence_min", 0),
        photo_on_fail=fields.flag("photo_on_fail"),
    )
    fields.done()
    if item.veto != bool(item.veto_text):
        raise UserError(_("A veto item, and no other, has a text for its veto."))
    return item


def _points(number: Fraction) -> Decimal:
    if not number or (number * 10).denominator != 1:
        raise UserError(_("The points of an item are more than 0, with at most one place."))
    return Decimal(show(number))


def _content_hash(value: Value) -> str:
    try:
        return hashlib.sha256(canonical.encode(value)).hexdigest()
    except NotCanonicalError:
        raise UserError(_("A text of the checklist holds characters that cannot be stored.")) from None
