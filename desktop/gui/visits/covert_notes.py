"""暗访便签: a small window that looks like nothing; one line and Enter is an observation with its time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.observation_line import observation_line
from desktop.gui.visits.stopwatch import Stopwatch
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.fitting import FittingWindow, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.text_fields import TextLine
from desktop.gui.widgets.wrapped_list import WrappedList
from desktop.i18n import _
from desktop.services.evidence.photo_folder import choose_photo_folder
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.note_observation import (
    Observation,
    note_observation,
    observations_of,
    take_back_observation,
)
from desktop.services.visits.photo_of_observation import NoPhotoFolderError, attach_last_photo
from desktop.services.workspace.workspace import Workspace


class CovertNotes(FittingWindow):
    """Names neither unit nor mission. Closed and shown again it goes on where it was, the stopwatch too."""

    def __init__(self, jobs: Jobs, visit: EditedVisit, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._jobs = jobs
        self._visit = visit
        self._lines: list[Observation] = []
        self._keys: list[QKeySequence] = []
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        resize_on_screen(self, 500, 340)
        self.note = NoteBar()
        self.list = WrappedList()
        self.fact_field, self.place_field, self.person_field = TextLine(), TextLine(), TextLine()
        self.good_field = QCheckBox()
        self.stopwatch = Stopwatch(self)
        self.saved_label = plain_label("", "muted")
        self._hint_label = plain_label("", "muted", wraps=True)
        self._say(Texts())
        self._connect()
        self._lay_out()
        self.fact_field.setFocus()
        jobs.read(partial(observations_of, visit_id=visit.id), self._show_first, self.note.show_problem)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        """Keep the keys of this window from its fields: on X11 a field takes Ctrl+E for “end of the line”."""
        return (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and QKeySequence(event.keyCombination()) in self._keys
        )

    def keep(self) -> None:
        """Note the line as it stands; an empty one is none. The place stays for the next one."""
        fact = self.fact_field.text().strip()
        if not fact:
            return
        seen = Observation(
            fact,
            self.place_field.text().strip(),
            self.stopwatch.seconds,
            is_good=self.good_field.isChecked(),
            person=self.person_field.text().strip(),
        )
        work = partial(note_observation, visit_id=self._visit.id, seen=seen, base_ctx=self._visit.base_ctx)
        self.fact_field.clear()
        self.person_field.clear()
        self.good_field.setChecked(False)
        self.stopwatch.set_back()
        self._write(work, self._show_kept, partial(self._show_refused, seen))

    def _finish_beside(self) -> None:
        """Enter beside the line notes it, where one is written; otherwise it is written next."""
        self.keep()
        self.fact_field.setFocus()

    def take_back(self) -> None:
        """The last line out of the list and into the fields again, to be put right; never over what is typed."""
        if self._lines and not self.fact_field.text():
            work = partial(take_back_observation, visit_id=self._visit.id, observation_id=self._lines[-1].id)
            self._write(work, self._show_taken_back)

    def add_photo(self) -> None:
        """The newest photo of the photo folder belongs to the line being typed, which is noted by it, or the last."""
        self.keep()
        work = partial(attach_last_photo, visit_id=self._visit.id, base_ctx=self._visit.base_ctx)
        self._write(work, self._show_changed, self._ask_photo_folder)

    def _ask_photo_folder(self, error: UserError) -> None:
        if not isinstance(error, NoPhotoFolderError):
            self._show_problem(error)
            return
        folder = choose_folder(self, _("Where does the camera or phone put its photos?"))
        if folder is None:
            self.saved_label.setText("")
        else:
            self.choose_photo_folder(folder)

    def choose_photo_folder(self, folder: Path) -> None:
        self._jobs.write(
            partial(choose_photo_folder, folder=folder), lambda _none: self.add_photo(), self._show_problem
        )

    def _write(
        self,
        work: Callable[[Workspace], Observation],
        on_success: Callable[[Observation], None],
        on_error: Callable[[UserError], None] | None = None,
    ) -> None:
        self.note.hide()
        self.saved_label.setText(_("Saving …"))
        self._jobs.write(work, on_success, on_error or self._show_problem)

    def _show_problem(self, error: UserError) -> None:
        self.saved_label.setText("")
        self.note.show_problem(error)

    def _show_kept(self, kept: Observation) -> None:
        self._say_saved(kept.at[11:19])
        self._show_lines((*self._lines, kept))

    def _show_changed(self, changed: Observation) -> None:
        self._say_saved(changed.at[11:19])
        self._show_lines(tuple(changed if line.id == changed.id else line for line in self._lines))

    def _show_taken_back(self, seen: Observation) -> None:
        self.saved_label.setText(_("Taken back"))
        self._show_lines(tuple(line for line in self._lines if line.id != seen.id))
        self._fill(seen)

    def _show_refused(self, seen: Observation, error: UserError) -> None:
        """The line comes back, unless the next one is being typed."""
        self.saved_label.setText(_("Not saved"))
        self.note.show_problem(error)
        self._fill(seen)

    def _fill(self, seen: Observation) -> None:
        if not self.fact_field.text():
            self.fact_field.setText(seen.fact)
            self.place_field.setText(seen.place)
            self.person_field.setText(seen.person)
            self.good_field.setChecked(seen.is_good)

    def _say_saved(self, time: str) -> None:
        self.saved_label.setText(_("Saved at {time}").format(time=time))

    def _show_first(self, lines: tuple[Observation, ...]) -> None:
        """What was noted before, unless something newer was noted while it was read; the place is gone on with."""
        if not self._lines:
            self._show_lines(lines)
            if lines and not self.place_field.text():
                self.place_field.setText(lines[-1].place)

    def _show_lines(self, lines: tuple[Observation, ...]) -> None:
        self._lines = list(lines)
        self.list.clear()
        self.list.addItems([observation_line(seen) for seen in lines])
        self.list.scrollToBottom()

    def _connect(self) -> None:
        self.fact_field.returnPressed.connect(self.keep)
        for field in (self.place_field, self.person_field):
            field.returnPressed.connect(self._finish_beside)
        for field in (self.fact_field, self.place_field, self.person_field):
            field.installEventFilter(self)
        for key, deed in (
            ("Ctrl+T", self.stopwatch.toggle),
            ("Ctrl+0", self.stopwatch.set_back),
            ("Ctrl+G", self.good_field.toggle),
            ("Ctrl+L", self.place_field.setFocus),
            ("Ctrl+P", self.person_field.setFocus),
            ("Ctrl+E", self.add_photo),
            ("Ctrl+R", self.take_back),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(deed)
            self._keys.append(QKeySequence(key))

    def _say(self, texts: Texts) -> None:
        texts.say(self.setWindowTitle, lambda: _("Documents"))
        texts.say(self.list.setAccessibleName, lambda: _("Notes"))
        texts.say(self.good_field.setText, lambda: _("good"))
        names: tuple[tuple[QLineEdit, Callable[[], str], Callable[[], str]], ...] = (
            (self.fact_field, lambda: _("Facts"), lambda: _("One line, then Enter")),
            (self.place_field, lambda: _("Place"), lambda: _("Place")),
            (self.person_field, lambda: _("Feature or badge number"), lambda: _("Feature or badge number")),
        )
        for field, name, placeholder in names:
            texts.say(field.setAccessibleName, name)
            texts.say(field.setPlaceholderText, placeholder)
        texts.say(
            self._hint_label.setText,
            lambda: _(
                "Enter notes · Ctrl+R takes the last line back · Ctrl+E last photo · Ctrl+T stopwatch · Ctrl+0 sets"
                " it back · Ctrl+G good · Ctrl+L place · Ctrl+P feature · Esc closes · F12 locks"
            ),
        )

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.place_field, 1)
        where.addWidget(self.person_field, 1)
        what = QHBoxLayout()
        what.setSpacing(8)
        what.addWidget(self.fact_field, 1)
        what.addWidget(self.good_field)
        state = QHBoxLayout()
        state.addWidget(self.stopwatch.label)
        state.addStretch(1)
        state.addWidget(self.saved_label)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        for row in (where, what, state):
            column.addLayout(row)
        column.addWidget(self._hint_label)
