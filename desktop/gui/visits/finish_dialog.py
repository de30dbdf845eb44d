"""The end of a visit: the conclusion, what the unit says, who signs; everything that is still missing at a glance."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.visits.head_panel import OPINIONS, names_in, opinion_texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.scrolled import Scrolled
from desktop.gui.widgets.text_fields import TextArea
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.visits.visit_head import VisitHead, missing_in_head, too_long_in_head
from desktop.services.visits.visit_team import Team

_CONCLUSION_PX = 92


class ConclusionField(TextArea):
    """Some lines high where there is little room; it takes what the other fields leave."""

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(super().sizeHint().width(), _CONCLUSION_PX)


class FinishDialog(FittingDialog):
    """``submit_wanted`` and ``sign_wanted`` carry the VisitHead as it is to be signed."""

    submit_wanted = Signal(object)
    sign_wanted = Signal(object)

    def __init__(self, head: VisitHead, notes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = head
        self._notes = tuple(notes)
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Finish the visit"))
        resize_on_screen(self, 640, 600)
        self.conclusion_field = ConclusionField(head.conclusion)
        self.conclusion_field.setTabChangesFocus(True)
        self.conclusion_field.setAccessibleName(_("Conclusion of the visit"))
        self.conclusion_field.setPlaceholderText(
            _("The findings in a few sentences, as they stand on the form.")
        )
        self.leader_field, self.team_field = QLineEdit(head.leader), QLineEdit(_(", ").join(head.team))
        self.opinion_field = ChoiceField()
        self.opinion_field.addItems(opinion_texts())
        self.opinion_field.setCurrentIndex(
            OPINIONS.index(head.unit_opinion) if head.unit_opinion in OPINIONS else 0
        )
        self.refused_field, self.witness_field = QLineEdit(head.refused_reason), QLineEdit(head.witness)
        self._missing_label = plain_label("", "warning", wraps=True)
        self.sign_button = text_button(texts, lambda: _("Submit and sign (Ctrl+Enter)"), is_primary=True)
        self.submit_button = text_button(texts, lambda: _("Submit only"))
        cancel_button = text_button(texts, lambda: _("Cancel"))
        self.sign_button.setAutoDefault(False)
        self.submit_button.setAutoDefault(False)
        self.conclusion_field.textChanged.connect(self._show_missing)
        for field in (self.leader_field, self.team_field, self.refused_field, self.witness_field):
            field.textChanged.connect(lambda _text: self._show_missing())
        self.opinion_field.currentIndexChanged.connect(lambda _number: self._show_missing())
        self.sign_button.clicked.connect(self._sign)
        self.submit_button.clicked.connect(self._submit)
        cancel_button.clicked.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._sign)
        self._lay_out(texts, (cancel_button, self.submit_button, self.sign_button))
        self._show_missing()
        self.conclusion_field.setFocus()

    def keep_team(self, settled: Team) -> None:
        """Names that are settled are changed among the particulars, with a reason."""
        hint = _("changed with a reason: “Change the team …” among the particulars of the visit")
        for field, is_settled in ((self.leader_field, settled.leader), (self.team_field, settled.members)):
            field.setReadOnly(bool(is_settled))
            field.setToolTip(hint if is_settled else "")

    def show_submitted(self) -> None:
        """The visit is submitted already: what stands in it is shown, and only signed."""
        fields = (
            self.leader_field,
            self.team_field,
            self.opinion_field,
            self.refused_field,
            self.witness_field,
        )
        for field in (self.conclusion_field, *fields):
            field.setEnabled(False)
        self.submit_button.hide()
        # What stands there cannot be changed here, whoever wrote it.
        self.sign_button.setEnabled(True)
        self.sign_button.setText(_("Sign (Ctrl+Enter)"))
        self.sign_button.setAccessibleName(_("Sign (Ctrl+Enter)"))
        self.sign_button.setFocus()

    def head(self) -> VisitHead:
        """The head with what stands in the dialog."""
        return replace(
            self._head,
            conclusion=self.conclusion_field.toPlainText().strip(),
            leader=self.leader_field.text().strip(),
            team=names_in(self.team_field.text()),
            unit_opinion=OPINIONS[self.opinion_field.currentIndex()],
            refused_reason=self.refused_field.text().strip(),
            witness=self.witness_field.text().strip(),
        )

    def _show_missing(self) -> None:
        head = self.head()
        too_long = [error.problem for error in too_long_in_head(head)]
        # What would be refused afterwards is not let out of the dialog, where it still can be shortened.
        for button in (self.submit_button, self.sign_button):
            button.setEnabled(not too_long)
        lines = (*too_long, *self._notes, *missing_in_head(head))
        self._missing_label.setText("\n".join(f"· {line}" for line in lines))
        self._missing_label.setVisible(bool(lines))

    def _sign(self) -> None:
        if not self.sign_button.isEnabled():
            return
        self.sign_wanted.emit(self.head())
        self.accept()

    def _submit(self) -> None:
        self.submit_wanted.emit(self.head())
        self.accept()

    def _lay_out(self, texts: Texts, buttons: Sequence[QWidget]) -> None:
        form = FieldForm(texts)
        form.add_field(lambda: _("Team leader"), self.leader_field)
        form.add_field(lambda: _("Members of the team"), self.team_field)
        form.add_field(lambda: _("Opinion of the unit"), self.opinion_field)
        form.add_field(lambda: _("Reason of a refusal to sign"), self.refused_field)
        form.add_field(lambda: _("Witness of the refusal"), self.witness_field)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(_("Conclusion of the visit"), "heading"))
        column.addWidget(
            plain_label(
                _("Everything that stands in the visit now is signed; later changes are corrections."),
                "muted",
                wraps=True,
            )
        )
        # However much is still missing, the buttons stay in sight.
        fields = QVBoxLayout()
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(10)
        fields.addWidget(self.conclusion_field, 1)
        fields.addLayout(form)
        fields.addWidget(self._missing_label)
        column.addWidget(Scrolled(fields), 1)
        column.addLayout(row)
