"""Names that came from elsewhere, made fit for a screen, a log line or a printed form.

A file name or a person's name can hold line breaks, bytes that are no text, or marks that turn the reading
direction around, so that ``photo[RLO]gpj.exe`` reads as photoexe.jpg. What is stored stays as it came; only what is
shown goes through here.
"""

import unicodedata

MAX_SHOWN = 120
_BLANKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")


def display_name(text: str, limit: int = MAX_SHOWN) -> str:
    """Return ``text`` on one line, at most ``limit`` characters (an ellipsis counts), without invisible marks.

    Controls (Cc) and format marks (Cf, with those of direction) are dropped, line breaks and tabs become blanks,
    lone surrogates are written as ``\\udc80``.
    """
    # Cut first: a name of a million characters costs no more than a short one.
    head = text[: 4 * limit]
    shown = "".join(map(_shown, head)).strip()
    if len(shown) > limit or len(text) > len(head):
        shown = shown[: limit - 1] + "…"
    return shown


def _shown(character: str) -> str:
    if character in _BLANKS:
        return " "
    match unicodedata.category(character):
        case "Cc" | "Cf":
            return ""
        case "Cs":
            return f"\\u{ord(character):04x}"
    return character
