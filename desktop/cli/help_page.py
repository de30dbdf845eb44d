"""The help of the program and of a command. click would break lines between blanks only, and Chinese has none."""

from collections.abc import Sequence

from desktop.cli.columns import width, wrapped

LINE_CELLS = 80
_INDENT = "  "
_MOST_NAME_CELLS = 32

Row = tuple[str, str]


def help_page(
    usage: str, about: str, sections: Sequence[tuple[str, Sequence[Row]]], closing: str = ""
) -> str:
    """Usage, what it is about, and sections of names with what they mean; no line is wider than a terminal."""
    first, *rest = wrapped(usage, LINE_CELLS - 4)
    blocks = ["\n".join([first, *("    " + line for line in rest)]), "\n".join(wrapped(about, LINE_CELLS))]
    blocks += [_section(title, rows) for title, rows in sections if rows]
    if closing:
        blocks.append("\n".join(wrapped(closing, LINE_CELLS)))
    return "\n\n".join(blocks) + "\n"


def _section(title: str, rows: Sequence[Row]) -> str:
    names = min(max(width(name) for name, _meaning in rows), _MOST_NAME_CELLS) + 2
    lines = [title]
    for name, meaning in rows:
        first, *rest = wrapped(meaning, LINE_CELLS - len(_INDENT) - names) or [""]
        if width(name) + 2 > names:
            lines.append(_INDENT + name)
            rest = [first, *rest]
        else:
            lines.append((_INDENT + name + " " * (names - width(name)) + first).rstrip())
        lines += [_INDENT + " " * names + line for line in rest]
    return "\n".join(lines)
