"""证据: the evidence of all visits as small pictures, searched and filtered, one page of them at a time."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QToolButton

from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.evidence.evidence_strip import EvidenceStrip
from desktop.gui.evidence.facts_view import short_size
from desktop.gui.evidence.likeness_job import LikenessJob
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.theme import tokens
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.gui.widgets.search_bar import Choice, SearchBar
from desktop.i18n import _
from desktop.services.pictures.find_evidence import (
    EvidenceFilter,
    EvidenceKind,
    EvidenceUse,
    FoundEvidence,
    find_evidence,
)
from desktop.services.visits.show_visit import ShownEvidence

_VISIT_PX = 260
_KINDS: tuple[Choice, ...] = (
    ("", lambda: _("Any kind")),
    (EvidenceKind.PICTURE, lambda: _("Photos and pictures")),
    (EvidenceKind.FILM, lambda: _("Films")),
    (EvidenceKind.SOUND, lambda: _("Sound recordings")),
    (EvidenceKind.DOCUMENT, lambda: _("Documents and others")),
)
_USES: tuple[Choice, ...] = (
    ("", lambda: _("Any use")),
    (EvidenceUse.AGAIN, lambda: _("Used in several visits")),
    (EvidenceUse.DERIVED, lambda: _("Derived")),
    (EvidenceUse.PAIRED, lambda: _("With a photo of before")),
)


class EvidencePage(Page):
    icon_name = "images"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Evidence"))
        self._found: FoundEvidence | None = None
        self._offset = 0
        self.search = SearchBar(self.texts, lambda: _("Caption, file or place"))
        self.visit_field = self.search.add_choice(lambda: _("Visit"), (("", lambda: _("All visits")),))
        self.visit_field.setMaximumWidth(_VISIT_PX)
        self.item_field = self.search.add_choice(lambda: _("Item"), (("", lambda: _("Any item")),))
        self.kind_field = self.search.add_choice(lambda: _("Kind"), _KINDS)
        self.use_field = self.search.add_choice(lambda: _("Use"), _USES)
        self.strip = EvidenceStrip(jobs)
        self.open_button = text_button(self.texts, lambda: _("Look at it"), "search")
        self.visit_button = text_button(self.texts, lambda: _("Show the visit"), "clipboard-check")
        self.newer_button, self.older_button = QToolButton(), QToolButton()
        self.count_label = plain_label("", "muted")
        self.chosen_label = CutLabel("", "muted")
        self._empty = EmptyState(
            self.texts,
            "images",
            lambda: _("No evidence is found"),
            lambda: _(
                "Photos, films, recordings and files that are taken in while a visit is recorded stand here together."
            ),
        )
        self._likeness = LikenessJob(jobs, self)
        self._connect()
        self._lay_out()
        self._show_chosen(None)

    def reload(self) -> None:
        self._likeness.begin()
        wanted = EvidenceFilter(
            self.search.text,
            *(
                str(field.currentData() or "")
                for field in (self.visit_field, self.item_field, self.kind_field, self.use_field)
            ),
        )
        work = partial(find_evidence, wanted=wanted, offset=self._offset)
        self.jobs.read(work, self.show_found, self.show_error, name="evidence page")

    def show_found(self, found: FoundEvidence) -> None:
        self._found, self._offset = found, found.offset
        _offer(self.visit_field, found.visits)
        _offer(self.item_field, tuple((item, _("Item {no}").format(no=item)) for item in found.items))
        self.strip.show_evidence([row.evidence for row in found.rows])
        self._lists.setCurrentIndex(0 if found.rows else 1)
        last = found.offset + len(found.rows)
        text = _("{first}–{last} of {total}").format(
            first=found.offset + 1, last=last, total=f"{found.total:,}"
        )
        self.count_label.setText(text if found.rows else "")
        self.newer_button.setEnabled(found.newer is not None)
        self.older_button.setEnabled(found.older is not None)
        self._show_chosen(self.strip.chosen())

    def turn_over(self, *, is_older: bool) -> None:
        """Show the page with older or with newer evidence."""
        found = self._found
        offset = None if found is None else found.older if is_older else found.newer
        if offset is not None:
            self._offset = offset
            self.strip.scrollToTop()
            self.reload()

    def look_at(self, evidence: ShownEvidence) -> None:
        EvidenceDialog(self.jobs, evidence, self, self.strip.evidence).open()

    def _begin_anew(self) -> None:
        """Something else is looked for."""
        self._offset = 0
        self.reload()

    def _show_chosen(self, evidence: ShownEvidence | None) -> None:
        self.open_button.setEnabled(evidence is not None)
        self.visit_button.setEnabled(evidence is not None)
        visit = self._visit_of(evidence)
        if evidence is None or visit is None:
            self.chosen_label.setText("")
            return
        caption = (evidence.caption or evidence.name)[:200]
        words = (visit[1], evidence.number, caption, evidence.derivation, short_size(evidence.size))
        self.chosen_label.setText(" · ".join(word for word in words if word))

    def _visit_of(self, evidence: ShownEvidence | None) -> tuple[str, str] | None:
        rows = self._found.rows if self._found is not None else ()
        return next(((row.visit_id, row.visit) for row in rows if row.evidence is evidence), None)

    def _open_chosen(self) -> None:
        evidence = self.strip.chosen()
        if evidence is not None:
            self.look_at(evidence)

    def _show_visit(self) -> None:
        visit = self._visit_of(self.strip.chosen())
        if visit is not None:
            self.page_wanted.emit("results", visit[0])

    def _connect(self) -> None:
        self.search.changed.connect(self._begin_anew)
        self.strip.evidence_opened.connect(self.look_at)
        self.strip.evidence_chosen.connect(self._show_chosen)
        self.open_button.clicked.connect(self._open_chosen)
        self.visit_button.clicked.connect(self._show_visit)
        self.newer_button.clicked.connect(lambda: self.turn_over(is_older=False))
        self.older_button.clicked.connect(lambda: self.turn_over(is_older=True))

    def _lay_out(self) -> None:
        say = self.texts.say
        say(self.strip.setAccessibleName, lambda: _("Evidence"))
        say(self.strip.recolor, tokens)
        pager = ((self.newer_button, "chevron-left"), (self.older_button, "chevron-right"))
        for button, sign in pager:
            button.setProperty("look", "plain")
            say(button.setIcon, partial(icon, sign))
        say(self.newer_button.setAccessibleName, lambda: _("Newer evidence"))
        say(self.older_button.setAccessibleName, lambda: _("Older evidence"))
        self._lists = QStackedWidget()
        self._lists.addWidget(self.strip)
        self._lists.addWidget(self._empty)
        card = Card()
        card.content.setContentsMargins(10, 10, 10, 10)
        card.content.addWidget(self._lists, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.chosen_label, 1)
        row.addWidget(self.newer_button)
        row.addWidget(self.count_label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.older_button)
        card.content.addLayout(row)
        self.action_row.addWidget(self.open_button)
        self.action_row.addWidget(self.visit_button)
        self.body.addWidget(self.search)
        self.body.addWidget(card, 1)


def _offer(field: QComboBox, choices: tuple[tuple[str, str], ...]) -> None:
    """Put these below “all”; what was chosen stays chosen, unless it is no longer there."""
    chosen = field.currentData()
    while field.count() > 1:
        field.removeItem(1)
    for value, text in choices:
        field.addItem(text[:40], value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
