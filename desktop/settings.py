"""The settings of this installation: language, theme, window, recent workspaces. Nothing secret, nothing of the work.

They lie in one small JSON file of the user. A file that is missing or damaged gives the defaults: nobody should be
kept from working by the place of a window.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.errors import UserError, system_reason
from desktop.i18n import LANGUAGES, _

FILE_VARIABLE = "MINGCHA_SETTINGS"
_MOST_RECENT = 8


class Theme(StrEnum):
    """SYSTEM follows the desktop."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@dataclass(frozen=True)
class RecentWorkspace:
    """``name`` is that of the office, of a field node that of its folder; ``kind`` office or field."""

    folder: str
    name: str
    kind: str


@dataclass(frozen=True)
class Settings:
    """``geometry`` is what Qt saves of the window, in hex. ``recent``: newest first."""

    language: str = LANGUAGES[0]
    theme: Theme = Theme.SYSTEM
    geometry: str = ""
    recent: tuple[RecentWorkspace, ...] = ()

    def opened(self, workspace: RecentWorkspace) -> "Settings":
        """With ``workspace`` as the newest of the recent ones."""
        others = (each for each in self.recent if each.folder != workspace.folder)
        return replace(self, recent=(workspace, *others)[:_MOST_RECENT])

    def forgot(self, folder: str) -> "Settings":
        """Without a workspace among the recent ones; the folder itself is not touched."""
        return replace(self, recent=tuple(each for each in self.recent if each.folder != folder))


class SettingsNotSavedError(UserError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The settings of the program cannot be saved: {reason}.").format(reason=reason),
            _("Check the free space and the rights of your home folder; your work is not affected."),
        )


def settings_file(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where the settings of this user are; MINGCHA_SETTINGS names another file."""
    if environment.get(FILE_VARIABLE):
        return Path(environment[FILE_VARIABLE])
    if platform == "win32":
        base = Path(environment.get("APPDATA") or Path.home())
    elif platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "mingcha" / "settings.json"


def read_settings(path: Path) -> Settings:
    """The settings in a file; what is missing or not understood has its default.

    A folder that is not absolute is meant from where the settings lie.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(value, dict):
        return Settings()
    recent = value.get("recent")
    return Settings(
        language=value["language"] if value.get("language") in LANGUAGES else LANGUAGES[0],
        theme=Theme(value["theme"]) if value.get("theme") in list(Theme) else Theme.SYSTEM,
        geometry=_hex(value.get("geometry")),
        recent=tuple(_recent(recent if isinstance(recent, list) else [], path.parent))[:_MOST_RECENT],
    )


def save_settings(path: Path, settings: Settings, *, is_carried: bool = False) -> None:
    """Put the file in its place in one step.

    ``is_carried``: it lies on a stick, which is found elsewhere next time.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_carried:
            recent = (replace(each, folder=_carried(each.folder, path.parent)) for each in settings.recent)
            settings = replace(settings, recent=tuple(recent))
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise SettingsNotSavedError(system_reason(error)) from None


def _hex(value: object) -> str:
    try:
        return bytes.fromhex(value).hex() if isinstance(value, str) else ""
    except ValueError:
        return ""


def _carried(folder: str, base: Path) -> str:
    """From where the settings lie, if both are on one disk."""
    try:
        if Path(folder).stat().st_dev == base.stat().st_dev:
            return Path(os.path.relpath(folder, base)).as_posix()
    except OSError:
        # It is not plugged in now.
        pass
    return folder


def _recent(rows: list[Any], base: Path) -> list[RecentWorkspace]:
    found = []
    for row in rows:
        match row:
            case {"folder": str(folder), "name": str(name), "kind": "office" | "field" as kind}:
                found.append(RecentWorkspace(os.path.normpath(base / folder), name, kind))
    return found
