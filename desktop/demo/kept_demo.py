"""A demo that was built earlier, looked at before it is used again."""

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.demo.cast import PASSPHRASE
from desktop.demo.demo_folder import MARKER
from desktop.demo.story import OFFICE, TEAMS
from desktop.errors import UserError
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.workspace.open_workspace import open_workspace


@dataclass(frozen=True)
class KeptDemo:
    """What its summary says, for programs and for people (in the language it was built in)."""

    value: dict[str, object]
    text: str


def find_kept_demo(folder: Path) -> KeptDemo | None:
    """The demo in ``folder`` if it was built to its end and everything in it is sound; None means: build it.

    One that somebody works in just now counts too: verifying needs no lock.
    """
    if not (folder / MARKER).is_file():
        return None
    try:
        # It is written last, so a demo that broke off has none.
        value = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        text = (folder / "summary.txt").read_text(encoding="utf-8")
        is_sound = all(_is_sound(folder / name) for name in (OFFICE, *TEAMS))
    except (OSError, ValueError, UserError):
        return None
    return KeptDemo(value, text) if is_sound and isinstance(value, dict) else None


def _is_sound(folder: Path) -> bool:
    with open_workspace(folder, PASSPHRASE, read_only=True) as workspace:
        return verify_workspace(workspace).is_sound
