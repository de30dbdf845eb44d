"""What stands for a value in the usage of a command, in the language in use; in the code it is an English word."""

import re

from desktop.i18n import _

_WORD = re.compile(r"\b[A-Z]{2,}\b", re.ASCII)


def in_words(text: str) -> str:
    """``text`` with its placeholders translated: “--out FILE.pdf” becomes “--out 文件.pdf” in Chinese."""
    names = _names()
    return _WORD.sub(lambda found: names.get(found[0], found[0]), text)


def _names() -> dict[str, str]:
    """Codes and formats (JSON, YYYY) are the same in both languages."""
    return {
        "BACKUP": _("BACKUP"),
        "CARD": _("CARD"),
        "CHOICE": _("CHOICE"),
        "CODE": _("CODE"),
        "DIR": _("DIR"),
        "FILE": _("FILE"),
        "FORM": _("FORM"),
        "ID": _("ID"),
        "IMPORT": _("IMPORT"),
        "KIND": _("KIND"),
        "LOGIN": _("LOGIN"),
        "CHECKLIST": _("CHECKLIST"),
        "MISSION": _("MISSION"),
        "NAME": _("NAME"),
        "NODE": _("NODE"),
        "NUMBER": _("NUMBER"),
        "PACKAGE": _("PACKAGE"),
        "POINTS": _("POINTS"),
        "TEXT": _("TEXT"),
        "UNIT": _("UNIT"),
        "VISIT": _("VISIT"),
        "WORKSPACE": _("WORKSPACE"),
    }
