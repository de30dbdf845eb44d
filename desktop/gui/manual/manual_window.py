"""The manual in a window of its own (F1): contents at the left, the page at the right, a search above it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.manual.manual_view import ManualView
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, Split
from desktop.gui.widgets.fitting import resize_on_screen
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _, language
from desktop.services.workspace.read_manual import CONTENTS, Manual, ManualPage, read_manual

_FIRST_SIZE = (1080, 760)
_SMALLEST = (640, 420)
_PLACE = Qt.ItemDataRole.UserRole


class ManualWindow(QWidget):
    """Reads the manual in the language of the moment when it is opened, and again after a switch."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self._jobs = jobs
        self.texts = Texts()
        self.manual: Manual | None = None
        self._wanted = (CONTENTS, "")
        self._shown = ""
        self._branches: dict[str, QTreeWidgetItem] = {}
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.view = ManualView()
        self.search_field = QLineEdit()
        self.search_field.setClearButtonEnabled(True)
        magnifier = self.search_field.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.texts.say(magnifier.setIcon, lambda: icon("search", "muted"))
        self.found_label = plain_label("", "muted")
        self.back_button = text_button(self.texts, lambda: _("Previous place"))
        self.next_button = text_button(self.texts, lambda: _("Next place"))
        self.texts.say(self.setWindowTitle, lambda: _("Help"))
        self.texts.say(self.tree.setAccessibleName, lambda: _("Contents"))
        self.texts.say(self.view.setAccessibleName, lambda: _("Page of the manual"))
        self.texts.say(self.search_field.setPlaceholderText, lambda: _("Search on this page"))
        self.texts.say(self.search_field.setAccessibleName, lambda: _("Search on this page"))
        self._connect()
        self._lay_out()
        self.setMinimumSize(*_SMALLEST)
        resize_on_screen(self, *_FIRST_SIZE)

    def open_at(self, page: str, chapter: str = "") -> None:
        """Show a page, at a chapter of it if it has one of this heading."""
        self._wanted = (page, chapter)
        self.show()
        self.raise_()
        self.activateWindow()
        if self.manual is not None and self.manual.language == language():
            self._show_wanted()
        else:
            self._jobs.aside(partial(read_manual, language()), self._show_manual)

    def say_again(self) -> None:
        """After a switch of language or theme: the same page, in the words and colours of now."""
        self.texts.say_again()
        if self.manual is not None:
            self.manual = None
            if self.isVisible():
                self.open_at(self._wanted[0], self._wanted[1])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's spelling
        self.search_field.clear()
        super().closeEvent(event)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(self._show_chosen)
        self.tree.itemClicked.connect(lambda item, _column: self._show_chosen(item))
        self.view.page_wanted.connect(self._follow)
        self.search_field.textChanged.connect(self._search)
        self.search_field.returnPressed.connect(self.find_next)
        self.next_button.clicked.connect(self.find_next)
        self.back_button.clicked.connect(self.find_previous)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._go_to_search),
            (QKeySequence("F3"), self.find_next),
            (QKeySequence("Shift+F3"), self.find_previous),
            (QKeySequence("Escape"), self.close),
        ):
            QShortcut(keys, self, act)

    def find_next(self) -> None:
        self.view.find_words(self.search_field.text())

    def find_previous(self) -> None:
        self.view.find_words(self.search_field.text(), is_backward=True)

    def _go_to_search(self) -> None:
        self.search_field.setFocus()
        self.search_field.selectAll()

    def _search(self, words: str) -> None:
        self.view.find_words(words, from_start=True)
        count = self.view.count_words(words)
        self.found_label.setText(_("{count} places").format(count=count) if words else "")
        self.next_button.setEnabled(count > 0)
        self.back_button.setEnabled(count > 0)

    def _show_manual(self, manual: Manual) -> None:
        self.manual = manual
        self._shown = ""
        self.tree.blockSignals(True)
        self.tree.clear()
        self._branches = {page.name: _branch(page) for page in manual.pages}
        self.tree.addTopLevelItems(list(self._branches.values()))
        self.tree.blockSignals(False)
        self._show_wanted()

    def _show_wanted(self) -> None:
        name, chapter = self._wanted
        page = self.manual.find(name) if self.manual is not None else None
        if page is None or self.manual is None:
            return
        if self._shown != name:
            self._shown = name
            self.view.show_page(page, self.manual.pictures)
            self._search(self.search_field.text())
        if not (chapter and self.view.show_chapter(chapter)):
            self.view.verticalScrollBar().setValue(0)
        self._mark(name, chapter)

    def _mark(self, name: str, chapter: str) -> None:
        self.tree.blockSignals(True)
        for page_name, branch in self._branches.items():
            branch.setExpanded(page_name == name)
        branch = self._branches[name]
        leaves = (branch.child(number) for number in range(branch.childCount()))
        found = next((leaf for leaf in leaves if leaf is not None and leaf.text(0) == chapter), branch)
        self.tree.setCurrentItem(found)
        self.tree.blockSignals(False)

    def _show_chosen(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self._wanted = tuple(item.data(0, _PLACE))
            self._show_wanted()

    def _follow(self, name: str) -> None:
        if self.manual is not None and self.manual.find(name) is not None:
            self._wanted = (name, "")
            self._show_wanted()

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        left.content.setContentsMargins(6, 8, 6, 8)
        left.content.addWidget(self.tree)
        right.content.setContentsMargins(1, 10, 1, 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 0, 14, 0)
        bar.addWidget(self.search_field, 1)
        bar.addWidget(self.found_label)
        bar.addWidget(self.back_button)
        bar.addWidget(self.next_button)
        right.content.addLayout(bar)
        right.content.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.addWidget(Split(left, right, (290, 760)))


def _branch(page: ManualPage) -> QTreeWidgetItem:
    branch = QTreeWidgetItem([page.title])
    branch.setData(0, _PLACE, [page.name, ""])
    for chapter in page.chapters:
        leaf = QTreeWidgetItem([chapter])
        leaf.setData(0, _PLACE, [page.name, chapter])
        branch.addChild(leaf)
    return branch
