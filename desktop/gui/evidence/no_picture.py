"""In the place of a picture: what the file is, and why it is not shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.gui.evidence.tiles import sign_of
from desktop.gui.theme import tokens
from desktop.gui.widgets.icons import icon_pixmap
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.visits.show_visit import ShownEvidence


class NoPicture(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._sign = plain_label()
        self.text_label = plain_label("", "heading", wraps=True)
        self.reason_label = plain_label("", "muted", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(10)
        column.addStretch(2)
        for label in (self._sign, self.text_label, self.reason_label):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)

    def show_text(self, icon_name: str, text: str, reason: str = "") -> None:
        self._sign.setPixmap(icon_pixmap(icon_name, tokens().muted, 56, 2.0))
        self.text_label.setText(text)
        self.reason_label.setText(reason)

    def show_file(self, evidence: ShownEvidence, problem: str) -> None:
        """``problem``: why a picture that should be there is not."""
        if evidence.is_pruned:
            text = _("The original was cleared from this computer; it lies at the office.")
            reason = _("Its hash and everything that was recorded about it are still here.")
        elif not evidence.is_here:
            text, reason = _("The file has not come to this computer yet."), ""
        elif problem:
            text, reason = problem, _("The original is kept unchanged; save it to look at it elsewhere.")
        else:
            text = kind_text(evidence.mime, evidence.size)
            reason = _("The program never opens such a file; save the original to look at it.")
        self.show_text(sign_of(evidence), text, reason)


def kind_text(mime: str, size_bytes: int) -> str:
    """What a file without a picture is, in a word of everyday."""
    if not size_bytes:
        return _("An empty file")
    if mime.startswith("video/"):
        return _("A film")
    if mime.startswith("audio/"):
        return _("A sound recording")
    if mime in (
        "application/x-msdownload",
        "application/x-elf",
        "application/x-ms-shortcut",
        "text/x-script",
    ):
        return _("A program: never start it")
    if mime in ("application/zip", "application/vnd.rar", "application/x-7z-compressed", "application/gzip"):
        return _("An archive")
    if mime.startswith(
        ("text/", "application/vnd.", "application/msword", "application/pdf", "application/ofd")
    ):
        return _("A document")
    return _("A picture of a kind that is not shown") if mime.startswith("image/") else _("A file")
