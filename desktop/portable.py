"""Portable mode: what the program and its libraries would keep in the home folder lies in one folder, on the stick.

Home, caches, settings and temporary files are turned to that folder by the variables every library asks, before any
of them is loaded. ``mingcha --portable FOLDER`` asks for it, or a marker file beside the program.
"""

import os
import sys
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from html import escape
from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _

OPTION = "--portable"
MARKER = "mingcha-portable.txt"
DATA_FOLDER = "mingcha-data"
FOLDER_VARIABLE = "MINGCHA_PORTABLE"
_SETTINGS_VARIABLE = "MINGCHA_SETTINGS"
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<cachedir>{cache}</cachedir>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
"""


class NotPortableError(UserError):
    """The folder for portable mode cannot be used; starting without it would leave traces on this computer."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            _("Nothing can be kept in {folder}: {reason}.").format(folder=folder, reason=reason),
            _(
                "Check that the stick is plugged in, not full and not write-protected; the program was not started."
            ),
        )


def go_portable(
    arguments: Sequence[str],
    verbs: Collection[str],
    environment: MutableMapping[str, str] = os.environ,
    program: Path | None = None,
) -> list[str]:
    """Turn everything to the folder that is asked for, if one is; returns the arguments without the option.

    An option behind a command belongs to that command. Without a folder behind it the option stays, to be refused.
    """
    folder, others = _asked_folder(arguments, verbs)
    if folder is None:
        folder = _marked_folder(_program_folder() if program is None else program)
    if folder is not None:
        _turn_to(folder.absolute(), environment)
    return others


def carried_in(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of portable mode; None where the program keeps its things as usual."""
    folder = environment.get(FOLDER_VARIABLE)
    return Path(folder) if folder else None


def _asked_folder(arguments: Sequence[str], verbs: Collection[str]) -> tuple[Path | None, list[str]]:
    for i, argument in enumerate(arguments):
        if argument in verbs:
            break
        if argument == OPTION and i + 1 < len(arguments):
            return Path(arguments[i + 1]), [*arguments[:i], *arguments[i + 2 :]]
        if argument.startswith(f"{OPTION}=") and argument != f"{OPTION}=":
            return Path(argument.partition("=")[2]), [*arguments[:i], *arguments[i + 1 :]]
    return None, list(arguments)


def _marked_folder(program: Path) -> Path | None:
    """Beside the marker, which lies with the program or one folder above it."""
    for folder in (program, program.parent):
        if (folder / MARKER).is_file():
            return folder / DATA_FOLDER
    return None


def _program_folder() -> Path:
    is_frozen = getattr(sys, "frozen", False)
    return Path(sys.executable).parent if is_frozen else Path(__file__).resolve().parents[1]


def _turn_to(folder: Path, environment: MutableMapping[str, str]) -> None:
    home = folder / "home"
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "TMPDIR": folder / "tmp",
        "TEMP": folder / "tmp",
        "TMP": folder / "tmp",
    }
    kept = _what_must_be_found(environment)
    try:
        for each in dict.fromkeys(folders.values()):
            each.mkdir(parents=True, exist_ok=True)
        fonts = _keep_fonts(folder, folders["XDG_CACHE_HOME"] / "fontconfig")
    except OSError as error:
        raise NotPortableError(folder, system_reason(error)) from None
    environment.update({name: str(path) for name, path in folders.items()})
    environment.update(kept)
    environment.setdefault("FONTCONFIG_FILE", str(fonts))
    environment[FOLDER_VARIABLE] = str(folder)
    environment[_SETTINGS_VARIABLE] = str(folder / "settings.json")
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True


def _keep_fonts(folder: Path, cache: Path) -> Path:
    """The list of the fonts of this computer is kept on the stick, whoever may write the one of the system."""
    file = folder / "fonts.conf"
    text = _FONTS.format(cache=escape(str(cache)))
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    return file


def _what_must_be_found(environment: Mapping[str, str]) -> dict[str, str]:
    """Files of the real home that are only read: the key to the screen, and the way to the input of Chinese."""
    home = Path(environment.get("HOME") or Path.home())
    found = {}
    key = home / ".Xauthority"
    if not environment.get("XAUTHORITY") and key.is_file():
        found["XAUTHORITY"] = str(key)
    buses = Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "ibus" / "bus"
    if not environment.get("IBUS_ADDRESS_FILE"):
        for bus in sorted(buses.glob(f"*-{_screen_name(environment)}")):
            found["IBUS_ADDRESS_FILE"] = str(bus)
    return found


def _screen_name(environment: Mapping[str, str]) -> str:
    """As ibus and fcitx name it in their file: that of Wayland, or the number of the X screen."""
    if environment.get("WAYLAND_DISPLAY"):
        return environment["WAYLAND_DISPLAY"]
    return environment.get("DISPLAY", "").rpartition(":")[2].partition(".")[0] or "0"
