"""The signatures below a visit that is read: handwriting, who and when, and the text that was signed."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.signing.ink import InkView
from desktop.gui.signing.signing_words import moment_text, role_text, version_text
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.visits.show_signatures import ShownSignature, SignedText, signed_text

_INK = QSize(140, 56)


class SignaturesView(QWidget):
    """Every signature of one visit, oldest first."""

    def __init__(self, jobs: Jobs, visit_id: str, signatures: tuple[ShownSignature, ...]) -> None:
        super().__init__()
        self._jobs = jobs
        self._visit_id = visit_id
        self.text_buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label(_("Signatures"), "heading"))
        for signature in signatures:
            column.addLayout(self._row(signature))

    def show_text(self, key: str) -> None:
        """The text that this signature was written under."""
        work = partial(signed_text, visit_id=self._visit_id, key=key)
        self._jobs.read(work, self._open, name="signed text")

    def _row(self, signature: ShownSignature) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(plain_label(_who(signature), wraps=True))
        if signature.refusal:
            seen = _("Refused to sign: {reason} (seen by {names})").format(
                reason=signature.refusal, names=_(", ").join(signature.witnesses)
            )
            words.addWidget(plain_label(seen, "warning", wraps=True))
        version = version_text(signature)
        if version:
            words.addWidget(plain_label(version, "warning", wraps=True))
        button = text_button(Texts(), lambda: _("Signed text"))
        button.clicked.connect(partial(self.show_text, signature.key))
        self.text_buttons.append(button)
        row = QHBoxLayout()
        row.setSpacing(12)
        if signature.strokes:
            row.addWidget(InkView(signature.strokes, _who(signature), _INK))
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _open(self, signed: SignedText) -> None:
        SignedTextDialog(signed, self).open()


class SignedTextDialog(FittingDialog):
    def __init__(self, signed: SignedText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Text that was signed"))
        resize_on_screen(self, 640, 560)
        self.text_field = QPlainTextEdit(signed.text)
        self.text_field.setReadOnly(True)
        self.text_field.setProperty("look", "document")
        self.text_field.setTabChangesFocus(True)
        self.text_field.setAccessibleName(_("Text that was signed"))
        close_button = text_button(Texts(), lambda: _("Close"))
        close_button.clicked.connect(self.accept)
        self.proof_label = plain_label(
            _("Its checksum is the one in the signature: this is what was signed.")
            if signed.is_proved
            else _(
                "Put together from the log as far as it is known; names or captions have changed since it was signed."
            ),
            "muted" if signed.is_proved else "warning",
            wraps=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.proof_label)
        column.addWidget(self.text_field, 1)
        column.addLayout(button_row(close_button))


def _who(signature: ShownSignature) -> str:
    return _("{role} {name}, {time}").format(
        role=role_text(signature.role), name=signature.signer, time=moment_text(signature.at)
    )
