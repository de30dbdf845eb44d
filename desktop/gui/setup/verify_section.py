"""校验: reading everything back, and what is not as it was."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs
from desktop.gui.setup.section import Section
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, FigureCard
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.upkeep.finding import Finding, Verification
from desktop.services.upkeep.verify_workspace import verify_workspace

_KINDS = ("entries", "manifests", "objects", "ends")
_TONES = {"EXTRA": "warn", "UNVERIFIABLE": "warn", "GAP": "warn"}


class VerifySection(Section):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Verification"))
        self.verification: Verification | None = None
        self._job: Job | None = None
        self.verify_button = text_button(
            self.texts, lambda: _("Verify everything"), "shield-check", is_primary=True
        )
        self.progress = ProgressRow(self.texts)
        self.result = NoteBar(self.texts, is_lasting=True)
        self.figures = {kind: FigureCard() for kind in _KINDS}
        self.findings: RowsModel[Finding] = RowsModel(_columns(), self)
        self.findings_view = RowsView(self.findings)
        self.meaning_label = plain_label("", wraps=True)
        self.sides = QStackedWidget()
        self.verify_button.clicked.connect(self.verify)
        self.progress.stop_wanted.connect(self.stop)
        self.findings_view.row_chosen.connect(self._show_meaning)
        self._lay_out()

    def reload(self) -> None:
        """Nothing is read anew: what was found holds for the moment it was looked for."""
        self.findings.say_again()

    def leave(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def verify(self) -> None:
        self.progress.begin()
        self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verify_button.setEnabled(False)
        self._job = self.jobs.read_long(verify_workspace, self.progress.show_progress, self._show, self._fail)

    def _show(self, verification: Verification) -> None:
        self._end()
        self.verification = verification
        for kind, card in self.figures.items():
            card.show_figure(f"{verification.checked.get(kind, 0):,}", _figure_remark(kind))
        self.findings.show_rows(verification.findings)
        self.sides.setCurrentIndex(2 if verification.findings else 1)
        if verification.is_sound:
            self.result.show_done(
                lambda: _("Everything was read back and is as it was."),
                partial(_anchor_advice, verification),
            )
        else:
            self.result.show_problem(partial(_unsound, verification))
        self.findings_view.choose_first()

    def _fail(self, error: UserError) -> None:
        self._end()
        self.show_error(error)

    def _end(self) -> None:
        self._job = None
        self.verify_button.setEnabled(True)
        if self.progress.stop_button.hasFocus():
            self.verify_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.end()

    def _show_meaning(self, finding: Finding) -> None:
        self.meaning_label.setText(f"{finding.where}\n{finding.meaning}")

    def _lay_out(self) -> None:
        self.texts.say(self.findings_view.setAccessibleName, lambda: _("Findings"))
        about = plain_label("", "muted", wraps=True)
        self.texts.say(
            about.setText,
            lambda: _(
                "The database, every entry, every package and every evidence file is read; nothing is changed."
            ),
        )
        top = QHBoxLayout()
        top.addWidget(about, 1)
        top.addWidget(self.verify_button)
        row = QHBoxLayout()
        row.setSpacing(14)
        for kind, figure in self.figures.items():
            self.texts.say(figure.name_label.setText, partial(_kind_text, kind))
            row.addWidget(figure)
        self.sides.addWidget(
            EmptyState(
                self.texts,
                "shield-check",
                lambda: _("Not verified since the workspace was opened"),
                lambda: _("Verify after a crash, before an inspection of the office, and every few months."),
            )
        )
        self.sides.addWidget(
            EmptyState(
                self.texts, "circle-check", lambda: _("No findings"), lambda: _("Nothing has to be done.")
            )
        )
        self.sides.addWidget(self._findings_card())
        self.body.addLayout(top)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.result)
        self.body.addLayout(row)
        self.body.addWidget(self.sides, 1)

    def _findings_card(self) -> Card:
        card = Card()
        card.content.setContentsMargins(1, 1, 1, 14)
        self.meaning_label.setContentsMargins(17, 0, 17, 0)
        card.content.addWidget(self.findings_view, 1)
        card.content.addWidget(self.meaning_label)
        return card


def _kind_text(kind: str) -> str:
    return {
        "entries": _("Log entries"),
        "manifests": _("Package manifests"),
        "objects": _("Evidence files"),
        "ends": _("Witnesses of the log"),
    }[kind]


def _figure_remark(kind: str) -> str:
    return _("named in packages, backups …") if kind == "ends" else _("read back")


def _anchor_advice(verification: Verification) -> str:
    if verification.checked.get("ends", 0):
        return ""
    return _("But nobody outside of this log speaks of its end yet; packages and backups will.")


def _unsound(verification: Verification) -> UserError:
    return UserError(
        _("{count} findings: not everything is as it was.").format(count=len(verification.findings)),
        _(
            "Copy the whole folder and keep the copy; then restore what is named from the newest sound backup."
        ),
    )


def word_text(word: str) -> str:
    """What a result word means; the words themselves are never translated."""
    return {
        "MISSING": _("missing"),
        "CORRUPT": _("damaged"),
        "UNVERIFIABLE": _("cannot be verified"),
        "EXTRA": _("left over"),
        "FORKED": _("written by two computers"),
        "GAP": _("has a gap"),
        "TRUNCATED": _("end cut off"),
    }.get(word, word)


def _columns() -> tuple[Column[Finding], ...]:
    return (
        Column(
            lambda: _("Finding"),
            lambda finding: word_text(finding.word),
            150,
            chip=lambda finding: _TONES.get(finding.word, "bad"),
        ),
        Column(lambda: _("Where"), lambda finding: finding.where, 280),
        Column(lambda: _("What it means, and what to do"), lambda finding: finding.meaning),
    )
