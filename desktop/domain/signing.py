"""Who signs a visit, what a signature covers, and which version of the visit that was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain import canonical
from desktop.domain.entry import Part, SignedEntry

LEADER, INSPECTOR, UNIT, WITNESS = "组长", "督查员", "单位代表", "见证人"
"""What stands as ``role`` in a signature. Only that of the leader freezes the visit."""
ROLES = (UNIT, INSPECTOR, LEADER, WITNESS)
"""In the order in which they stand on the form."""
SIGNATURE = "signature/"
COVERED_PARTS = ("header", "answer/", "observation/", "interview/")
_NOT_READ = ("status",)
"""How far a visit has come is no finding: submitting it anew changes nothing that was signed."""


@dataclass(frozen=True)
class Versions:
    """``of``: {key of a signature: number of the version it was written under}; ``newest`` is at least 1.

    The version that was signed first is number 1; every later change of what is signed makes the next one.
    """

    of: Mapping[str, int]
    newest: int


def versions_signed(log: Iterable[SignedEntry]) -> Versions:
    """Count the versions of a visit along its log, in the order of its clocks: for display, like these."""
    version, is_counted, state = 1, False, dict[str, bytes]()
    signed: dict[str, int] = {}
    for entry in sorted(log, key=lambda each: (each.entry.hlc, each.entry.hash)):
        changed = {
            name: finding_bytes(name, part)
            for name, part in entry.parts.items()
            if name.startswith(COVERED_PARTS) and part.data is not None
        }
        if is_counted and any(state.get(name) != value for name, value in changed.items()):
            version += 1
        state |= changed
        keys = [name.removeprefix(SIGNATURE) for name in entry.entry.parts if name.startswith(SIGNATURE)]
        signed |= dict.fromkeys(keys, version)
        is_counted = is_counted or bool(keys)
    return Versions(signed, version)


def finding_bytes(name: str, part: Part) -> bytes:
    """What of a part is a finding: two that read the same are the same, whatever their salt."""
    if name != "header":
        return part.data or b""
    return canonical.encode({key: each for key, each in part.value.items() if key not in _NOT_READ})
