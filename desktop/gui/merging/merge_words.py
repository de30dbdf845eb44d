"""Words and colours for what becomes of packages."""

from collections.abc import Sequence

from desktop.i18n import _
from desktop.services.packages.apply_package import ChangeKind
from desktop.services.packages.merge_view import FileLine
from desktop.services.packages.merged_file import Outcome

_MOST_NAMED = 3
_OUTCOME_TONES = {
    Outcome.APPLIED: "ok",
    Outcome.WOULD_APPLY: "primary",
    Outcome.KNOWN: "muted",
    Outcome.WAITING: "warn",
    Outcome.QUARANTINED: "bad",
    Outcome.FAILED: "bad",
}
_CHANGE_TONES = {
    ChangeKind.NEW: "ok",
    ChangeKind.NEWER: "primary",
    ChangeKind.IDENTICAL: "muted",
    ChangeKind.CONFLICT: "bad",
    ChangeKind.HELD: "warn",
}


def outcome_tone(outcome: Outcome) -> str:
    return _OUTCOME_TONES[outcome]


def outcome_text(outcome: Outcome) -> str:
    return {
        Outcome.APPLIED: _("merged now"),
        Outcome.WOULD_APPLY: _("can be merged"),
        Outcome.KNOWN: _("known already"),
        Outcome.WAITING: _("waits for files"),
        Outcome.QUARANTINED: _("not usable"),
        Outcome.FAILED: _("not readable"),
    }[outcome]


def waiting_text(line: FileLine) -> str:
    """Which files of a package are still missing."""
    return _("{file} waits for file {missing} of {total}.").format(
        file=line.file, missing=_(", ").join(map(str, line.missing)), total=line.volumes
    )


def refused_text(lines: Sequence[FileLine]) -> str:
    """Every file that cannot be used, with its problem; of many the first ones, and how many more there are."""
    named = [
        _("{file}: {problem}").format(file=line.file, problem=line.problem) for line in lines[:_MOST_NAMED]
    ]
    if len(lines) == 1:
        return named[0]
    if len(lines) > _MOST_NAMED:
        named.append(_("{count} more stand in the list.").format(count=len(lines) - _MOST_NAMED))
    return "\n".join([_("{count} files cannot be used.").format(count=len(lines)), *named])


def refused_advice(lines: Sequence[FileLine]) -> str:
    """What to do about the files that ``refused_text`` names, each advice once."""
    return "\n".join(dict.fromkeys(line.advice for line in lines[:_MOST_NAMED] if line.advice))


def change_tone(change: ChangeKind) -> str:
    return _CHANGE_TONES[change]


def change_text(change: ChangeKind) -> str:
    return {
        ChangeKind.NEW: _("new"),
        ChangeKind.NEWER: _("newer"),
        ChangeKind.IDENTICAL: _("the same"),
        ChangeKind.CONFLICT: _("in conflict"),
        ChangeKind.HELD: _("held back"),
    }[change]


def package_state_text(state: str) -> str:
    return {
        "planned": _("not finished"),
        "written": _("exported, not confirmed"),
        "acknowledged": _("confirmed"),
        "applied": _("merged in"),
        "set_aside": _("set aside"),
    }.get(state, state)


PACKAGE_STATE_TONES = {
    "planned": "warn",
    "written": "primary",
    "acknowledged": "ok",
    "applied": "ok",
    "set_aside": "warn",
}


def quarantine_state_text(state: str) -> str:
    return {
        "waiting": _("waiting"),
        "ready": _("may be ready"),
        "incomplete": _("files missing"),
        "applied": _("released"),
        "dismissed": _("dismissed"),
    }.get(state, state)
