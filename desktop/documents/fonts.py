"""The fonts of printed documents: loaded when first used, chosen per character, honest about what they lack."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from desktop.datafiles import RESOURCES


class Face(Enum):
    """The value is the file in ``resources/fonts`` and the font's name in the PDF."""

    SERIF = "NotoSerifSC-Regular"
    SERIF_BLACK = "NotoSerifSC-Black"
    SANS = "NotoSansSC-Regular"
    SANS_BOLD = "NotoSansSC-Bold"
    KAI = "LXGWWenKai-Regular"


# 〓 is what Chinese typesetters set in the place of a character they do not have.
GETA = "〓"
BOX, CHECKED_BOX, TICK = "□", "☑", "✓"

_FALLBACKS = (Face.KAI, Face.SANS, Face.SERIF)


@dataclass(frozen=True)
class Glyph:
    """How one character is shown: ``text`` of ``face``, ``advance`` in 1/1000 of the size.

    ``text`` is empty for what is invisible by nature (joiners, variation selectors, control characters).
    """

    face: Face
    text: str
    advance: float
    is_missing: bool = False
    is_ticked: bool = False


@dataclass(frozen=True)
class Run:
    """Consecutive glyphs of one face; a ticked box is a run of its own."""

    face: Face
    text: str
    advance: float
    is_ticked: bool = False


class _ChineseFont(TTFont):  # type: ignore[misc] # reportlab has no types
    """A TrueType font whose text can be copied out of the PDF also beyond U+FFFF (𠮷).

    reportlab writes such code points as five hex digits, where the PDF format asks for UTF-16.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - the name is reportlab's
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("ascii")
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            stream.content = _to_unicode_map(name, subset)


def _to_unicode_map(name: str, subset: list[int]) -> str:
    # At most 100 entries stand in one block (PDF 32000-1, 9.10.3 and the CMap specification).
    entries = [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex()}>" for code, char in enumerate(subset)]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@cache
def load(face: Face) -> TTFont:
    """Register the font with reportlab; about 50 ms and the size of the file in memory, once per process."""
    font = _ChineseFont(face.value, str(RESOURCES / "fonts" / f"{face.value}.ttf"), shapable=False)
    pdfmetrics.registerFont(font)
    return font


class _Glyphs(dict[str, Glyph]):
    """The glyphs of one face, found when first asked for; an enum as a key would cost more than the look-up."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, char: str) -> Glyph:
        self[char] = found = _find_glyph(char, self._face)
        return found


_GLYPHS = {face.value: _Glyphs(face) for face in Face}


def glyphs(face: Face) -> Mapping[str, Glyph]:
    """What stands for each character: the face itself, else another bundled font, else 〓."""
    return _GLYPHS[face.value]


def _find_glyph(char: str, face: Face) -> Glyph:
    if char == "\t":
        return _find_glyph(" ", face)
    if char == CHECKED_BOX:
        box = _find_glyph(BOX, face)
        return Glyph(box.face, box.text, box.advance, is_ticked=True)
    if _is_invisible(char):
        return Glyph(face, "", 0.0)
    for candidate in (face, *_FALLBACKS):
        font = load(candidate).face
        if ord(char) in font.charToGlyph:
            return Glyph(candidate, char, font.charWidths[ord(char)])
    geta = _find_glyph(GETA, face)
    return Glyph(geta.face, geta.text, geta.advance, is_missing=True)


def _is_invisible(char: str) -> bool:
    is_variation_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return is_variation_selector or unicodedata.category(char) in {"Cc", "Cf"}


def text_width(text: str, face: Face, size: float) -> float:
    """The width in points."""
    table = glyphs(face)
    return sum([table[char].advance for char in text]) * size / 1000


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """Group ``text`` by the font that shows it."""
    made = []
    table = glyphs(face)
    shown = [one for one in map(table.__getitem__, text) if one.text]
    for (shown_by, ticked), group in groupby(shown, key=lambda one: (one.face.value, one.is_ticked)):
        members = list(group)
        if ticked:
            made += [Run(one.face, one.text, one.advance, is_ticked=True) for one in members]
        else:
            drawn = "".join([one.text for one in members])
            made.append(Run(Face(shown_by), drawn, sum([one.advance for one in members])))
    return tuple(made)


def missing_characters(texts: Iterable[str], face: Face = Face.SERIF) -> tuple[str, ...]:
    """The characters that no bundled font can show, sorted."""
    return tuple(sorted({char for text in texts for char in text if glyphs(face)[char].is_missing}))
