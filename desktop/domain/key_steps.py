"""One key for each usual finding of an item: what the digits 1 to 9 do to its answer.

Of a rule that counts findings every press counts one more, parts with names are ticked and unticked, a finding that
is there or not is switched. Of every other rule a key enters what it suggests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.answer import Answer
from desktop.domain.rule_inputs import Input, InputKind
from desktop.domain.rules import DeductRule, Finding, Rule

MOST_KEYS = 9


@dataclass(frozen=True)
class KeyStep:
    """``text``: the finding it stands for; ``deduct``: what one press takes off an item with nothing off."""

    text: str
    deduct: Decimal


def key_steps(rule: Rule) -> tuple[KeyStep, ...]:
    """The keys of a rule, in the order of the digits."""
    if not isinstance(rule, DeductRule):
        return tuple(KeyStep(each.text, each.deduct) for each in rule.suggestions)[:MOST_KEYS]
    return tuple(
        KeyStep(part or finding.asked.label, rule.deduction(_found(finding, part, {})))
        for finding, part in _targets(rule)
    )


def press(rule: Rule, number: int, answer: Answer) -> Answer:
    """The answer after key ``number``, from 1; the same answer where there is no such key."""
    if not isinstance(rule, DeductRule):
        if number > len(rule.suggestions):
            return answer
        suggestion = rule.suggestions[number - 1]
        # Where the key fills in figures, the deduction follows them when they are changed.
        deduct = suggestion.deduct if suggestion.inputs is None else None
        return replace(answer, is_applicable=True, deduct=deduct, inputs=dict(suggestion.inputs or {}))
    targets = _targets(rule)
    if number > len(targets):
        return answer
    finding, part = targets[number - 1]
    return replace(answer, is_applicable=True, deduct=None, inputs=_found(finding, part, answer.inputs))


def is_pressed(rule: Rule, number: int, answer: Answer) -> bool:
    """Whether what key ``number`` stands for is part of the answer."""
    if not isinstance(rule, DeductRule):
        pressed = press(rule, number, answer)
        return answer.is_applicable and (pressed.deduct, pressed.inputs) == (
            answer.deduct,
            dict(answer.inputs),
        )
    finding, part = _targets(rule)[number - 1]
    given = answer.inputs.get(finding.asked.key)
    return part in given if part and isinstance(given, list | tuple) else bool(given) and not part


def _targets(rule: DeductRule) -> list[tuple[Finding, str]]:
    """Each finding, or each named part of it where all of them have a key."""
    named = [(f, part) for f in rule.findings for part in (_parts(f.asked) or ("",))]
    return named if len(named) <= MOST_KEYS else [(f, "") for f in rule.findings][:MOST_KEYS]


def _parts(asked: Input) -> tuple[str, ...]:
    return asked.choices if asked.kind is InputKind.PARTS else ()


def _found(finding: Finding, part: str, inputs: Mapping[str, object]) -> dict[str, object]:
    asked, given = finding.asked, inputs.get(finding.asked.key)
    if part:
        ticked = given if isinstance(given, list | tuple) else ()
        value: object = [each for each in asked.choices if (each in ticked) != (each == part)]
    elif finding.each is None:
        value = not given
    else:
        value = _one_more(asked, given)
    return {**inputs, asked.key: value}


def _one_more(asked: Input, given: object) -> int:
    """A count that was not a whole number is begun anew: it could not be stored either."""
    if isinstance(given, list | tuple):
        count = len(given)
    else:
        text = str(given or 0)
        count = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return count + 1 if asked.at_most is None else min(count + 1, asked.at_most)
