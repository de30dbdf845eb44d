"""暗访便签: a small window that looks like nothing; one line and Enter is an observation with its time."""

import time
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.i18n import _
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.note_observation import Observation, note_observation, observations_of

_EVERY_MS = 500


class CovertNotes(QWidget):
    """Names neither unit nor mission. ``last_photo_wanted``: take the newest photo of the photo folder in."""

    last_photo_wanted = Signal()

    def __init__(self, jobs: Jobs, visit: EditedVisit, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._jobs = jobs
        self._visit = visit
        self._started_s: float | None = None
        self._lines: list[Observation] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(460, 300)
        self.note = NoteBar()
        self.list = QListWidget()
        self.fact_field, self.place_field = QLineEdit(), QLineEdit()
        self.place_field.setMaximumWidth(130)
        self.good_field = QCheckBox()
        self.watch_label = plain_label("00:00", "heading")
        self.saved_label = plain_label("", "muted")
        self._hint_label = plain_label("", "muted", wraps=True)
        self._ticking = QTimer(self)
        self._ticking.setInterval(_EVERY_MS)
        self._say(Texts())
        self._connect()
        self._lay_out()
        self.fact_field.setFocus()
        jobs.read(partial(observations_of, visit_id=visit.id), self._show_first, self.note.show_problem)

    def keep(self) -> None:
        """Note the line as it stands; an empty one is none."""
        fact = self.fact_field.text().strip()
        if not fact:
            return
        seconds = 0 if self._started_s is None else round(time.monotonic() - self._started_s)
        seen = Observation(fact, self.place_field.text().strip(), seconds, self.good_field.isChecked())
        work = partial(note_observation, visit_id=self._visit.id, seen=seen, base_ctx=self._visit.base_ctx)
        self.fact_field.clear()
        self.good_field.setChecked(False)
        self._stop_watch()
        self.saved_label.setText(_("Saving …"))
        self._jobs.write(work, partial(self._show_kept, seen), partial(self._show_refused, seen))

    def toggle_watch(self) -> None:
        """Start timing how long something lasts, or begin anew."""
        if self._started_s is None:
            self._started_s = time.monotonic()
            self._ticking.start()
        else:
            self._stop_watch()

    def _stop_watch(self) -> None:
        self._started_s = None
        self._ticking.stop()
        self.watch_label.setText("00:00")

    def _tick(self) -> None:
        if self._started_s is not None:
            minutes, seconds = divmod(int(time.monotonic() - self._started_s), 60)
            self.watch_label.setText(f"{minutes:02}:{seconds:02}")

    def _show_kept(self, seen: Observation, at: str) -> None:
        self.note.hide()
        self.saved_label.setText(_("Saved at {time}").format(time=at[11:19]))
        self._show_lines((*self._lines, replace(seen, at=at)))

    def _show_refused(self, seen: Observation, error: UserError) -> None:
        """The line comes back, unless the next one is being typed."""
        self.saved_label.setText(_("Not saved"))
        self.note.show_problem(error)
        if not self.fact_field.text():
            self.fact_field.setText(seen.fact)

    def _show_first(self, lines: tuple[Observation, ...]) -> None:
        """What was noted before, unless something newer was noted while it was read."""
        if not self._lines:
            self._show_lines(lines)

    def _show_lines(self, lines: tuple[Observation, ...]) -> None:
        self._lines = list(lines)
        self.list.clear()
        self.list.addItems([_line(seen) for seen in lines])
        self.list.scrollToBottom()

    def _connect(self) -> None:
        self._ticking.timeout.connect(self._tick)
        self.fact_field.returnPressed.connect(self.keep)
        self.place_field.returnPressed.connect(self.fact_field.setFocus)
        for key, deed in (
            ("Ctrl+T", self.toggle_watch),
            ("Ctrl+G", self.good_field.toggle),
            ("Ctrl+E", self.last_photo_wanted.emit),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(deed)

    def _say(self, texts: Texts) -> None:
        texts.say(self.setWindowTitle, lambda: _("Documents"))
        texts.say(self.fact_field.setPlaceholderText, lambda: _("One line, then Enter"))
        texts.say(self.fact_field.setAccessibleName, lambda: _("Facts"))
        texts.say(self.place_field.setPlaceholderText, lambda: _("Place"))
        texts.say(self.place_field.setAccessibleName, lambda: _("Place"))
        texts.say(self.good_field.setText, lambda: _("good"))
        texts.say(self.list.setAccessibleName, lambda: _("Notes"))
        texts.say(
            self._hint_label.setText,
            lambda: _(
                "Enter notes · Ctrl+T stopwatch · Ctrl+G good · Ctrl+E last photo · Esc closes · F12 locks"
            ),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for field, stretch in ((self.place_field, 0), (self.fact_field, 1), (self.good_field, 0)):
            row.addWidget(field, stretch)
        state = QHBoxLayout()
        state.addWidget(self.watch_label)
        state.addStretch(1)
        state.addWidget(self.saved_label)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        column.addLayout(row)
        column.addLayout(state)
        column.addWidget(self._hint_label)


def _line(seen: Observation) -> str:
    minutes, seconds = divmod(seen.duration_s, 60)
    lasted = f"（{minutes}:{seconds:02}）" if seen.duration_s else ""
    sign = "＋" if seen.is_good else ""
    return "  ".join(
        part for part in (minute_text(seen.at)[11:], seen.place, f"{sign}{seen.fact}{lasted}") if part
    )
