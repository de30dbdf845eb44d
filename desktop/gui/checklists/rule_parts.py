"""How the fields and tables of a form become a scoring rule, and a rule becomes those again. Plain values only."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from desktop.gui.checklists.rule_shapes import SHAPES

Rows = list[dict[str, str]]
_SIGNS = ("at_most", "below", "at_least", "over")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def rule_to_parts(rule: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Rows]]:
    """({field: text}, {table: rows}) of a rule; the keys of its inputs ride along in the rows."""
    shape = SHAPES[rule["type"]]
    fields = {field.key: str(_at(rule, field.key, "")) for field in shape.fields}
    for owner in ("yes_no", "done", "due"):
        place = "key" if owner == "yes_no" else f"{owner}.key"
        fields[place] = str(_at(rule, place, ""))
    tables = {
        table.key: [_to_row(table.key, each) for each in _at(rule, table.key, [])] for table in shape.tables
    }
    return fields, tables


def parts_to_rule(
    kind: str, allows_manual: bool, fields: Mapping[str, str], tables: Mapping[str, Rows]
) -> dict[str, Any]:
    """The rule; inputs without a key get one that is still free."""
    shape = SHAPES[kind]
    rule: dict[str, Any] = {"type": kind, "manual": allows_manual}
    keys = _Keys([*fields.items()], tables)
    if kind == "yes_no":
        rule["key"] = fields.get("key") or keys.fresh()
    for field in shape.fields:
        owner = field.key.partition(".")[0]
        if owner in ("done", "due"):
            rule.setdefault(owner, {"key": fields.get(f"{owner}.key") or keys.fresh()})
        text = fields.get(field.key, "")
        is_default = text == ("decimal" if field.key.endswith("kind") else "")
        if not (is_default and field.key.endswith((".unit", ".kind"))):
            _put(rule, field.key, text)
    for table in shape.tables:
        _put(rule, table.key, [_from_row(table.key, row, keys) for row in tables.get(table.key, [])])
    return rule


class _Keys:
    """Keys for new inputs: small letters, none of those in use."""

    def __init__(self, fields: Sequence[tuple[str, str]], tables: Mapping[str, Rows]) -> None:
        self._used = {text for key, text in fields if key.rpartition(".")[2] == "key"}
        for rows in tables.values():
            self._used |= {row.get(name, "") for row in rows for name in ("key", "excuse_key")}

    def fresh(self) -> str:
        for number in count():
            key = "in_" + _letters(number)
            if key not in self._used:
                self._used.add(key)
                return key
        raise AssertionError


def _letters(number: int) -> str:
    text = _LETTERS[number % 26]
    return text if number < 26 else _letters(number // 26 - 1) + text


def _at(value: Any, path: str, default: Any) -> Any:  # noqa: ANN401  any JSON value
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return default
        value = value[name]
    return value


def _put(rule: dict[str, Any], path: str, value: object) -> None:
    *owners, name = path.split(".")
    for owner in owners:
        rule = rule.setdefault(owner, {})
    rule[name] = value


def _to_row(table: str, line: Mapping[str, Any]) -> dict[str, str]:
    row = {key: str(value) for key, value in line.items() if isinstance(value, str | int)}
    if table == "findings":
        row["kind"] = next((kind for kind in ("each", "fixed") if kind in line), "takes_all")
        row["points"] = str(line.get("each", line.get("fixed", "")))
        row["parts"] = "、".join(line.get("parts", ()))
    elif table == "tiers":
        row["sign"] = next((sign for sign in _SIGNS if sign in line), "")
        row["bound"] = str(line.get(row["sign"], "")) if row["sign"] else ""
        excuse = line.get("excuse", {})
        row["excuse_key"], row["excuse_label"] = excuse.get("key", ""), excuse.get("label", "")
        row["excuse_deduct"] = str(excuse.get("deduct", ""))
    return row


def _from_row(table: str, row: Mapping[str, str], keys: _Keys) -> dict[str, Any]:
    match table:
        case "findings":
            return _finding(row, keys)
        case "tiers":
            return _tier(row, keys)
        case "grades":
            return {"text": row.get("text", ""), "score": row.get("score", "")}
    line: dict[str, Any] = {"key": row.get("key") or keys.fresh(), "label": row.get("label", "")}
    if table == "measure.inputs":
        line |= {"unit": row["unit"]} if row.get("unit") else {}
        line |= {"kind": "integer"} if row.get("kind") == "integer" else {}
    return line


def _finding(row: Mapping[str, str], keys: _Keys) -> dict[str, Any]:
    line: dict[str, Any] = {"key": row.get("key") or keys.fresh(), "label": row.get("label", "")}
    kind = row.get("kind", "each")
    if kind == "takes_all":
        return {**line, "takes_all": True}
    if kind == "fixed":
        return {**line, "fixed": row.get("points", "")}
    line |= {"unit": row["unit"]} if row.get("unit") else {}
    line["each"] = row.get("points", "")
    parts = [part.strip() for part in row.get("parts", "").split("、") if part.strip()]
    if parts:
        line["parts"] = parts
    elif row.get("at_most"):
        at_most = row["at_most"]
        line["at_most"] = int(at_most) if at_most.isascii() and at_most.isdigit() else at_most
    return line


def _tier(row: Mapping[str, str], keys: _Keys) -> dict[str, Any]:
    line: dict[str, Any] = {"text": row.get("text", "")}
    if row.get("sign"):
        line[row["sign"]] = row.get("bound", "")
    line["deduct"] = row.get("deduct", "")
    if row.get("excuse_label"):
        line["excuse"] = {
            "key": row.get("excuse_key") or keys.fresh(),
            "label": row["excuse_label"],
            "deduct": row.get("excuse_deduct", ""),
        }
    return line
