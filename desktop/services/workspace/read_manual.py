"""The manual as it ships with the program: its pages in the order of the table of contents, and their pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.datafiles import MANUAL, PICTURES

CONTENTS = "README.md"
WINDOW = "09-window.md"
"""The page with a chapter for each page of the window, headed by its title."""

_LISTED = re.compile(r"^\d+\. \[[^\]]*\]\(([\w-]+\.md)\)", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,2}) +(.+)$", re.MULTILINE)
_CHINESE_LINE_END = re.compile(r"(?<=[^\x00-\x7f])\n *(?=[^\x00-\x7f\s])")
"""Between two Chinese lines of a paragraph; Markdown would show a space there."""

_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class ManualPage:
    """``name`` is that of its file; ``chapters`` are the headings below its title; ``text`` is Markdown."""

    name: str
    title: str
    chapters: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Manual:
    """``pictures``: {file name: PNG}."""

    language: str
    pages: tuple[ManualPage, ...]
    pictures: Mapping[str, bytes] = field(repr=False)

    def find(self, name: str) -> ManualPage | None:
        return next((page for page in self.pages if page.name == name), None)


def read_manual(language: str) -> Manual:
    """The table of contents first, then the pages it lists."""
    folder = MANUAL / language
    contents = (folder / CONTENTS).read_text(encoding="utf-8")
    names = [CONTENTS, *_LISTED.findall(contents)]
    pages = tuple(_page(name, (folder / name).read_text(encoding="utf-8")) for name in names)
    pictures = {path.name: path.read_bytes() for path in sorted(PICTURES.glob("*.png"))}
    return Manual(language, pages, pictures)


def _page(name: str, text: str) -> ManualPage:
    headings = _HEADING.findall(_CODE.sub("", text))
    title = next((words for marks, words in headings if marks == "#"), name)
    chapters = tuple(words for marks, words in headings if marks == "##")
    return ManualPage(name, title, chapters, _CHINESE_LINE_END.sub("", text))
