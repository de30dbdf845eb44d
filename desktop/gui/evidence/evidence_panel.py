"""The evidence of a visit while it is recorded: taken in by dialog, drop or paste, captioned, looked at."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QVBoxLayout

from desktop.errors import UserError
from desktop.gui.capture.capture_desk import CaptureDesk
from desktop.gui.evidence.clipboard import Pasted, pasted
from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.evidence.evidence_form import EvidenceForm
from desktop.gui.evidence.evidence_strip import EvidenceStrip
from desktop.gui.evidence.folder_watch import FolderWatch
from desktop.gui.evidence.intake import Intake
from desktop.gui.evidence.intake_report import IntakeReport
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.theme import tokens
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.file_dialogs import choose_files, choose_folder
from desktop.gui.widgets.flow_row import TurningRow
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.i18n import _
from desktop.services.evidence.collect_evidence import IntakeLine, IntakeOutcome
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.evidence.photo_folder import NewestPhoto, choose_photo_folder, last_photo
from desktop.services.visits.show_visit import ShownEvidence


class EvidencePanel(QFrame):
    """What is taken in belongs to the item named last by ``show_item``, 0 for the visit as a whole.

    ``evidence_linked`` (item, ids) and ``evidence_unlinked`` (item, ids) tell which answers now name which evidence;
    the page that owns the answers keeps them.
    """

    evidence_linked = Signal(int, object)
    evidence_unlinked = Signal(int, object)

    def __init__(self, jobs: Jobs, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("dropZone")
        self._jobs = jobs
        self._visit_id = ""
        self._item = 0
        self._is_open = False
        self._intake = Intake(jobs, self)
        self.add_button = text_button(texts, lambda: _("Add …"), "image")
        self.last_button = text_button(texts, lambda: _("Last photo (E)"), "camera")
        self.capture = CaptureDesk(jobs, texts, self)
        self.strip = EvidenceStrip(jobs)
        self.form = EvidenceForm(texts)
        self.progress = ProgressRow(texts)
        self.report = IntakeReport(texts)
        self.note = NoteBar(texts)
        self._hint_label = plain_label("", "muted", wraps=True)
        self._menu = QMenu(self)
        self._actions = [self._menu.addAction("") for _each in range(4)]
        self.folder_watch = FolderWatch(jobs, texts, self._take_watched)
        self.folder_watch.offer_in(self._menu)
        self._say(texts)
        self._connect()
        self._lay_out()
        self.setEnabled(False)

    def show_visit(self, visit_id: str, evidence: Sequence[ShownEvidence], *, is_open: bool) -> None:
        """The evidence of this visit as it stands; ``is_open``: more may be taken in."""
        if visit_id != self._visit_id:
            self.report.hide()
            self.note.hide()
        self._visit_id = visit_id
        self._is_open = is_open
        self.capture.show_visit(visit_id, is_open=is_open)
        self.folder_watch.begin()
        self.setEnabled(True)
        self.setAcceptDrops(is_open)
        self._allow()
        self.strip.show_evidence(evidence)
        self.form.show_evidence(self.strip.chosen(), is_open=is_open)
        self._hint_label.setVisible(is_open and not evidence)

    def show_items(self, items: Sequence[tuple[int, str]]) -> None:
        """The items of the checklist: number and title."""
        self.form.show_items(items)

    def show_item(self, number: int) -> None:
        """The item that is being answered."""
        if number != self._item:
            self.report.leave()
        self._item = number
        self.capture.show_item(number)

    def leave(self) -> None:
        """The workspace is about to be closed: what is being recorded is kept."""
        self.capture.leave()
        self.folder_watch.end()

    def add_files(self, files: Sequence[Path]) -> None:
        """Files, and folders with all that lies below them."""
        if files:
            self.add(Pasted(tuple(files)))

    def add(self, found: Pasted) -> bool:
        """Take in what was chosen, dropped or pasted; one intake at a time. False: not now."""
        if not self._is_open or self._intake.is_under_way:
            return False
        self._intake.add(self._visit_id, self._item, found.sources)
        return True

    def paste(self) -> None:
        found = pasted(QApplication.clipboard().mimeData())
        if found is not None:
            self.add(found)
        else:
            self.note.show_warning(lambda: _("There is neither a file nor a picture on the clipboard."))

    def add_last_photo(self) -> None:
        """The newest photo of the photo folder; where none was chosen yet, it is asked for.

        It belongs to the item of now, also where it has to wait or the folder is slow to read.
        """
        take = partial(self._take_last, self._visit_id, self._item)
        self._jobs.read(last_photo, take, self.note.show_problem)

    def watch(self, folder: Path) -> None:
        """Choose the photo folder of this computer, and take the last photo of it."""
        self._jobs.write(
            partial(choose_photo_folder, folder=folder),
            lambda _none: self.add_last_photo(),
            self.note.show_problem,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's spelling
        if self._is_open and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._set_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's spelling
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's spelling
        self._set_hot(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _take_watched(self, found: Pasted) -> bool:
        """Not while another page is in front: nobody would see it."""
        return self.isVisible() and self.add(found)

    def _take_last(self, visit_id: str, item: int, photo: NewestPhoto | None) -> None:
        if photo is None:
            self._ask_photo_folder()
        else:
            self._intake.add(visit_id, item, Pasted((photo.path,)).sources)

    def _begin(self) -> None:
        self.note.hide()
        self.report.hide()
        self.progress.begin()
        self._allow()

    def _show_collected(self, visit_id: str, item: int, lines: tuple[IntakeLine, ...]) -> None:
        self._end()
        self.report.show_lines(lines)
        in_visit = (IntakeOutcome.TAKEN, IntakeOutcome.KNOWN)
        ids = tuple(dict.fromkeys(line.evidence_id for line in lines if line.outcome in in_visit))
        self._link(visit_id, item, ids)

    def _link(self, visit_id: str, item: int, ids: tuple[str, ...]) -> None:
        if ids and item and visit_id == self._visit_id:
            self.evidence_linked.emit(item, ids)

    def _show_failed(self, error: UserError) -> None:
        self._end()
        self.note.show_problem(error)

    def _end(self) -> None:
        self.progress.end()
        self._allow()

    def _save_caption(self, evidence: ShownEvidence, caption: str) -> None:
        self._jobs.write(
            partial(edit_evidence, evidence_id=evidence.id, caption=caption), None, self.note.show_problem
        )

    def _save_item(self, evidence: ShownEvidence, item: int) -> None:
        def link(_none: None) -> None:
            if evidence.item.isdigit():
                self.evidence_unlinked.emit(int(evidence.item), (evidence.id,))
            if item:
                self.evidence_linked.emit(item, (evidence.id,))

        self._jobs.write(
            partial(edit_evidence, evidence_id=evidence.id, item=item), link, self.note.show_problem
        )

    def _drop(self, evidence: ShownEvidence) -> None:
        def unlink(_none: None) -> None:
            self.note.show_done(
                _("{number} is taken out of the visit.").format(number=evidence.number),
                _("The original and the log keep it. Take the file in again to use it."),
            )
            if evidence.item.isdigit():
                self.evidence_unlinked.emit(int(evidence.item), (evidence.id,))

        self._jobs.write(
            partial(edit_evidence, evidence_id=evidence.id, is_dropped=True), unlink, self.note.show_problem
        )

    def _look_at(self, evidence: ShownEvidence) -> None:
        EvidenceDialog(self._jobs, evidence, self.window(), among=self.strip.evidence).open()

    def _ask_files(self) -> None:
        self.add_files(list(choose_files(self, _("Photos and files for this item"))))

    def _ask_folder(self) -> None:
        folder = choose_folder(self, _("Which folder should be taken in?"))
        self.add_files([folder] if folder else [])

    def _ask_photo_folder(self) -> None:
        folder = choose_folder(self, _("Where does the camera or phone put its photos?"))
        if folder is not None:
            self.watch(folder)

    def _allow(self) -> None:
        self.add_button.setEnabled(self._is_open and not self._intake.is_under_way)
        # The last photo may wait for its turn.
        self.last_button.setEnabled(self._is_open)

    def _set_hot(self, is_hot: bool) -> None:
        self.setProperty("hot", is_hot)
        self.style().unpolish(self)
        self.style().polish(self)

    def _say(self, texts: Texts) -> None:
        files, folder, paste, photos = self._actions
        texts.say(files.setText, lambda: _("Files …"))
        texts.say(folder.setText, lambda: _("A folder or camera card …"))
        texts.say(paste.setText, lambda: _("Paste from the clipboard"))
        texts.say(photos.setText, lambda: _("Choose the photo folder …"))
        texts.say(self.strip.setAccessibleName, lambda: _("Evidence"))
        texts.say(self.strip.recolor, tokens)
        texts.say(
            self._hint_label.setText,
            lambda: _("Drop photos, files or the folder of a camera card here, or paste them."),
        )

    def _connect(self) -> None:
        files, folder, paste, photos = self._actions
        files.triggered.connect(self._ask_files)
        folder.triggered.connect(self._ask_folder)
        paste.triggered.connect(self.paste)
        photos.triggered.connect(self._ask_photo_folder)
        self.add_button.setMenu(self._menu)
        self.last_button.clicked.connect(self.add_last_photo)
        self.progress.stop_wanted.connect(self._intake.stop)
        self._intake.begun.connect(self._begin)
        self._intake.progressed.connect(self.progress.show_progress)
        self._intake.ended.connect(self._show_collected)
        self._intake.failed.connect(self._show_failed)
        self.capture.evidence_taken.connect(self._link)
        self.capture.told.connect(self.note.show_problem)
        self.strip.evidence_opened.connect(self._look_at)
        self.strip.evidence_chosen.connect(
            lambda evidence: self.form.show_evidence(evidence, is_open=self._is_open)
        )
        self.form.open_wanted.connect(self._look_at)
        self.form.caption_given.connect(self._save_caption)
        self.form.item_given.connect(self._save_item)
        self.form.drop_wanted.connect(self._drop)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(TurningRow(self.add_button, self.last_button))
        column.addWidget(self.capture.button)
        column.addWidget(self.folder_watch)
        column.addWidget(self._hint_label)
        for widget in (self.progress, self.note, self.report):
            column.addWidget(widget)
        column.addWidget(self.strip, 1)
        column.addWidget(self.form)
