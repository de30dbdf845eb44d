"""Signing by hand: the exact text at the left; who signs, and the pad, at the right."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.lengths import LONGEST_LINE
from desktop.domain.signing import LEADER, UNIT, WITNESS
from desktop.domain.strokes import is_signature
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.signing.refusal_form import RefusalForm
from desktop.gui.signing.signature_pad import SignaturePad
from desktop.gui.signing.signing_words import STATE_TONES, line_text, role_text, signer_state_text
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.visits.sign_by_hand import (
    Handwriting,
    RefusalToSign,
    record_refusal,
    sign_by_hand,
)
from desktop.services.visits.sign_visit import SignedVisit
from desktop.services.visits.signing_sheet import SignerLine, SignerState, SigningSheet, signing_sheet

_PAD, _REFUSAL = 0, 1
_LEAST_LIST_PX, _LIST_PX = 98, 204


class SigningDialog(FittingDialog):
    """``changed``: somebody has signed, or a refusal was noted; carries the id of the visit.

    What is signed is the text in the field, by its hash: the service refuses when the visit says something else.
    """

    changed = Signal(str)

    def __init__(self, jobs: Jobs, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._visit_id = visit_id
        self._texts = Texts()
        self.sheet: SigningSheet | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Signatures"))
        resize_on_screen(self, 980, 620)
        self.note = NoteBar()
        self.text_field = QPlainTextEdit()
        self.text_field.setReadOnly(True)
        self.text_field.setProperty("look", "document")
        self.text_field.setTabChangesFocus(True)
        self.text_field.setAccessibleName(_("Text that is signed"))
        self._hash_label = plain_label("", "muted", wraps=True)
        self.signers: RowsModel[SignerLine] = RowsModel(_columns(), self)
        self.signers_view = RowsView(self.signers)
        self.signers_view.setAccessibleName(_("Who signs"))
        self.signers_view.setMinimumHeight(_LEAST_LIST_PX)
        self.signers_view.setMaximumHeight(_LIST_PX)
        self.name_field = QLineEdit()
        self.name_field.setMaxLength(LONGEST_LINE)
        self.name_field.setAccessibleName(_("Name of the signer"))
        self.name_field.setPlaceholderText(_("Name of the signer"))
        self.pad = SignaturePad()
        self.pad.setAccessibleName(_("Pad to sign on, with pen, finger or mouse"))
        self.refusal_form = RefusalForm(self._texts)
        self._sides = QStackedWidget()
        self.undo_button = text_button(self._texts, lambda: _("Undo stroke"), "undo-2")
        self.clear_button = text_button(self._texts, lambda: _("Clear"))
        self.refuse_button = text_button(self._texts, lambda: _("Refuses to sign …"))
        self.back_button = text_button(self._texts, lambda: _("Back to the pad"))
        self.sign_button = text_button(self._texts, self._sign_text, "pencil", is_primary=True)
        self.close_button = text_button(self._texts, lambda: _("Close"))
        self._lay_out()
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Show the visit as it stands now."""
        self._jobs.read(partial(signing_sheet, visit_id=self._visit_id), self.show_sheet, self._show_error)

    def show_sheet(self, sheet: SigningSheet) -> None:
        before = self.signers_view.chosen_row()
        self.sheet = sheet
        self.text_field.setPlainText(sheet.text)
        groups = " ".join(sheet.text_sha256[at : at + 8] for at in range(0, 16, 8))
        self._hash_label.setText(
            _("What is signed is exactly this text. Its checksum begins with {groups}.").format(groups=groups)
        )
        self.refusal_form.show_inspectors(sheet.inspectors, sheet.refused_reason)
        self.signers.show_rows(sheet.lines)
        waiting = [n for n, line in enumerate(sheet.lines) if line.state in _WAITING]
        kept = [
            n for n, line in enumerate(sheet.lines) if before and _who(line) == _who(before) and n in waiting
        ]
        self.signers_view.selectRow((kept or waiting or [0])[0])
        if sheet.is_corrected:
            self.note.show_warning(
                _("The visit was corrected after the leader had signed it."),
                _("What was signed before stays readable; the corrected visit is not signed again."),
            )
        self._allow()
        if not self.pad.isEnabled():
            self.close_button.setFocus()
        else:
            (self.pad if self.name_field.text() else self.name_field).setFocus()

    def sign(self) -> None:
        """Keep what is on the pad, or the refusal, for the signer who is chosen."""
        line = self.signers_view.chosen_row()
        if self.sheet is None or line is None:
            return
        name = self.name_field.text().strip()
        if self._sides.currentIndex() == _REFUSAL:
            refusal = RefusalToSign(name, self.refusal_form.reason, self.refusal_form.witnesses)
            work = partial(record_refusal, visit_id=self._visit_id, refusal=refusal)
        else:
            written = Handwriting(line.role, name, self.pad.strokes)
            work = partial(sign_by_hand, visit_id=self._visit_id, written=written)
        self.sign_button.setEnabled(False)
        self._jobs.write(
            partial(work, shown_sha256=self.sheet.text_sha256), self._show_signed, self._show_refused
        )

    def _choose(self, line: SignerLine) -> None:
        self._show_side(_PAD)
        self.pad.clear()
        self.name_field.setText(line.name)
        self.name_field.setReadOnly(line.role not in (UNIT, WITNESS))
        self.sign_button.setText(f" {self._sign_text()}")
        self._allow()

    def _show_side(self, side: int) -> None:
        self._sides.setCurrentIndex(side)
        for button in (self.undo_button, self.clear_button):
            button.setVisible(side == _PAD)
        self.back_button.setVisible(side == _REFUSAL)
        self.sign_button.setText(f" {self._sign_text()}")
        self._allow()

    def _allow(self) -> None:
        line = self.signers_view.chosen_row()
        may_sign = (
            line is not None and line.may_sign and self.sheet is not None and not self.sheet.is_corrected
        )
        has_ink = bool(self.pad.strokes)
        is_refusal = self._sides.currentIndex() == _REFUSAL
        is_ready = bool(self.refusal_form.reason) if is_refusal else is_signature(self.pad.strokes)
        self.pad.setEnabled(may_sign)
        self.name_field.setEnabled(may_sign)
        self.undo_button.setEnabled(has_ink)
        self.clear_button.setEnabled(has_ink)
        is_of_unit = may_sign and line is not None and line.role == UNIT
        self.refuse_button.setVisible(is_of_unit and not is_refusal)
        self.refuse_button.setEnabled(is_of_unit and (line is None or line.signature is None))
        self.sign_button.setEnabled(may_sign and is_ready)

    def _sign_text(self) -> str:
        if self._sides.currentIndex() == _REFUSAL:
            return _("Note the refusal")
        line = self.signers_view.chosen_row()
        if line is not None and line.role == LEADER and self.sheet is not None and not self.sheet.is_signed:
            return _("Sign, and sign the visit off")
        return _("Sign")

    def _show_signed(self, signed: SignedVisit) -> None:
        self.note.hide()
        self.pad.clear()
        self.changed.emit(signed.visit_id)
        self.reload()

    def _show_refused(self, error: UserError) -> None:
        """What is on the pad stays; the text is shown anew in case it has changed."""
        self._show_error(error)
        self._jobs.read(partial(signing_sheet, visit_id=self._visit_id), self._show_again, self._show_error)

    def _show_again(self, sheet: SigningSheet) -> None:
        if self.sheet is not None and sheet.text_sha256 == self.sheet.text_sha256:
            self._allow()
            return
        # Another text is another signature: nobody wrote this one under it.
        self.show_sheet(sheet)

    def _show_error(self, error: UserError) -> None:
        self.note.show_problem(error)

    def _connect(self) -> None:
        self.signers_view.row_chosen.connect(self._choose)
        self.pad.changed.connect(self._allow)
        self.refusal_form.changed.connect(self._allow)
        self.undo_button.clicked.connect(self.pad.undo)
        self.clear_button.clicked.connect(self.pad.clear)
        self.refuse_button.clicked.connect(partial(self._show_side, _REFUSAL))
        self.back_button.clicked.connect(partial(self._show_side, _PAD))
        self.sign_button.clicked.connect(self.sign)
        self.close_button.clicked.connect(self.accept)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.sign_button.click)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.undo_button.click)

    def _lay_out(self) -> None:
        self._sides.addWidget(self.pad)
        self._sides.addWidget(self.refusal_form)
        text = QVBoxLayout()
        text.setSpacing(8)
        text.addWidget(plain_label(_("Text that is signed"), "heading"))
        text.addWidget(self.text_field, 1)
        text.addWidget(self._hash_label)
        signing = QVBoxLayout()
        signing.setSpacing(8)
        signing.addWidget(plain_label(_("Who signs"), "heading"))
        signing.addWidget(self.signers_view, 4)
        signing.addWidget(self.name_field)
        signing.addWidget(self._sides, 5)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.undo_button, self.clear_button, self.refuse_button, self.back_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addSpacing(16)
        halves = QHBoxLayout()
        halves.setSpacing(18)
        halves.addLayout(text, 5)
        halves.addLayout(signing, 6)
        for button in (self.close_button, self.sign_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addLayout(halves, 1)
        column.addLayout(foot)
        self._show_side(_PAD)


_WAITING = (SignerState.NOT_YET, SignerState.OUTDATED)


def _who(line: SignerLine) -> tuple[str, str]:
    return line.role, line.name


def _columns() -> tuple[Column[SignerLine], ...]:
    return (
        Column(lambda: _("Signs as"), lambda row: role_text(row.role), 104),
        Column(lambda: _("Signer"), lambda row: row.name or "—", 88),
        Column(lambda: _("When or why"), line_text),
        Column(
            lambda: _("Status"),
            lambda row: signer_state_text(row.state),
            92,
            chip=lambda row: STATE_TONES[row.state],
        ),
    )
