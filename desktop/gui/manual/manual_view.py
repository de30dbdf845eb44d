"""A page of the manual as it is read: headings, tables, pictures; nothing is ever loaded from elsewhere."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from desktop.gui.theme import color
from desktop.services.workspace.read_manual import ManualPage

_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_MARGIN_PX = 24
_WIDEST_PICTURE_PX = 860
_CODE_FAMILIES = ["Consolas", "Menlo", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", "Noto Sans SC"]


class ManualView(QTextBrowser):
    """``page_wanted``: the name of another page of the manual, from a link."""

    page_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manual")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(_MARGIN_PX)
        self.document().setIndentWidth(18)
        self._pictures: Mapping[str, bytes] = {}
        self.anchorClicked.connect(self._follow)

    def show_page(self, page: ManualPage, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures
        self.document().setMarkdown(page.text, _DIALECT)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def show_chapter(self, heading: str) -> bool:
        """Bring a chapter to the top; says whether there is one of this heading."""
        for block in self._blocks():
            if block.blockFormat().headingLevel() and block.text().strip() == heading:
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(max(0, round(top) - 12))
                return True
        return False

    def find_words(self, words: str, *, is_backward: bool = False, from_start: bool = False) -> bool:
        """Mark the next place where the words stand, beginning again at the other end."""
        flags = QTextDocument.FindFlag.FindBackward if is_backward else QTextDocument.FindFlag(0)
        if from_start:
            cursor = self.textCursor()
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
        if not words:
            return True
        if self.find(words, flags):
            return True
        ends = QTextCursor.MoveOperation.End if is_backward else QTextCursor.MoveOperation.Start
        kept = self.textCursor()
        self.moveCursor(ends)
        if self.find(words, flags):
            return True
        self.setTextCursor(kept)
        return False

    def count_words(self, words: str) -> int:
        """How often the words stand on the page, in capitals or not."""
        return self.toPlainText().lower().count(words.lower()) if words else 0

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802  Qt's spelling
        """The pictures that were handed in, by their file name; nothing is looked for on the disk."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage.fromData(self._pictures.get(QUrl(name).fileName(), b""))
        if picture.isNull():
            return None
        ratio = self.devicePixelRatioF()
        width = min(_WIDEST_PICTURE_PX, self.viewport().width() - 3 * _MARGIN_PX)
        fitted = picture.scaledToWidth(
            min(picture.width(), round(width * ratio)), Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        return fitted

    def _follow(self, url: QUrl) -> None:
        self.page_wanted.emit(url.path())

    def _blocks(self) -> list[QTextBlock]:
        blocks, block = [], self.document().begin()
        while block.isValid():
            blocks.append(block)
            block = block.next()
        return blocks

    def _dress(self) -> None:
        """What Markdown leaves to the reader: space, borders of tables, the ground of code."""
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        for block in self._blocks():
            self._dress_block(block)

    def _dress_block(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        form = block.blockFormat()
        level = form.headingLevel()
        is_code = _is_code(block)
        in_table = cursor.currentTable() is not None
        if is_code:
            form.setBackground(color("hover"))
            form.setNonBreakableLines(False)
            form.setTopMargin(0 if _is_code(block.previous()) else 6)
            form.setBottomMargin(0 if _is_code(block.next()) else 14)
        elif not in_table:
            form.setTopMargin(22 if level else 4)
            form.setBottomMargin(8)
            form.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(form)
        points = block.textList()
        if points is not None and points.format().style() is QTextListFormat.Style.ListCircle:
            style = points.format()
            style.setStyle(QTextListFormat.Style.ListDisc)
            points.setFormat(style)
        self._dress_words(block, is_code=is_code)

    def _dress_words(self, block: QTextBlock, *, is_code: bool) -> None:
        fragments = block.begin()
        places = []
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if is_code or fragment.charFormat().fontFixedPitch():
                places.append((fragment.position(), fragment.length()))
            fragments += 1
        form = QTextCharFormat()
        form.setFontFamilies(_CODE_FAMILIES)
        form.setFontStyleHint(QFont.StyleHint.Monospace)
        form.setFontPointSize(10)
        if not is_code:
            form.setBackground(color("hover"))
        for start, length in places:
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(form)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextBlockFormat.Property.BlockCodeFence)


def _dress_table(table: QTextTable) -> None:
    form = table.format()
    form.setCellPadding(6)
    form.setCellSpacing(0)
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setBorderBrush(QColor(color("border")))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setTopMargin(6)
    form.setBottomMargin(12)
    table.setFormat(form)
