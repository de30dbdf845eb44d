"""One visit to be read: head, score with its arithmetic, findings line by line, evidence, signatures."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.visit_score import LineState, ScoreLine, VisitScore
from desktop.gui.evidence.evidence_strip import EvidenceStrip
from desktop.gui.jobs import Jobs
from desktop.gui.signing.signatures_view import SignaturesView
from desktop.gui.visits.interviews_read import add_interviews
from desktop.gui.visits.visit_times_words import clock_texts, proof_text, times_text
from desktop.gui.visits.visit_words import minute_text, mode_text, removal_text, score_text, settled_text
from desktop.gui.widgets.chip import Chip
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.records.late_evidence import addition_text
from desktop.services.records.part_words import part_text
from desktop.services.visits.show_visit import ShownVisit

_STRIP_PX, _ONE_ROW = 126, 4
_MOST_REUSED = 12


class VisitView(QScrollArea):
    """``evidence_opened`` carries a ShownEvidence, ``pair_wanted`` the id of a photo of after the rectification."""

    evidence_opened = Signal(object)
    pair_wanted = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shown: ShownVisit | None = None

    def show_visit(self, visit: ShownVisit) -> None:
        """Put another visit in the place of the one before."""
        self.shown = visit
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        self._add_head(column, visit)
        if visit.score is None:
            column.addWidget(plain_label(visit.problem, "muted", wraps=True))
        else:
            self._add_score(column, visit.score)
        self._add_evidence(column, visit)
        if visit.score is not None:
            self._add_lines(column, visit.score, visit)
        self._add_observations(column, visit)
        add_interviews(column, visit.interviews)
        for removal in visit.removals:
            look = "warning" if removal.reason else "muted"
            column.addWidget(plain_label(removal_text(removal), look, wraps=True))
        self._add_signatures(column, visit)
        self._add_times(column, visit)
        column.addStretch(1)
        self.setWidget(content)

    def _add_head(self, column: QVBoxLayout, visit: ShownVisit) -> None:
        column.addWidget(plain_label(visit.unit or _("Sealed visit"), "heading", wraps=True))
        if visit.is_from_paper:
            column.addWidget(Chip(_("from paper"), "warn"))
        head = visit.head
        began = minute_text(head.get("started_at", "")) or head.get("planned_on", "")
        facts = [visit.site, visit.checklist, visit.mission, mode_text(head.get("mode", "")), began]
        column.addWidget(plain_label(" · ".join(fact for fact in facts if fact), "muted", wraps=True))
        people = []
        if head.get("leader"):
            people.append(_("Leader {name}").format(name=head["leader"]))
        if visit.team:
            people.append(_("Team {names}").format(names=_(", ").join(visit.team)))
        if head.get("unit_rep"):
            people.append(_("For the unit {name}").format(name=head["unit_rep"]))
        if people:
            column.addWidget(plain_label(" · ".join(people), "muted", wraps=True))
        self._add_team_changes(column, visit)
        if visit.contested:
            column.addWidget(plain_label(_contested_text(visit), "warning", wraps=True))
        for settled in visit.settled:
            column.addWidget(plain_label(settled_text(settled), "muted", wraps=True))
        if head.get("conclusion"):
            column.addWidget(plain_label(head["conclusion"], wraps=True))

    def _add_team_changes(self, column: QVBoxLayout, visit: ShownVisit) -> None:
        """Who was to go, where others went, and why."""
        if visit.team_changes and visit.planned.names:
            names = _(", ").join(visit.planned.names)
            column.addWidget(
                plain_label(_("Planned, the leader first: {names}").format(names=names), "muted", wraps=True)
            )
        for change in visit.team_changes:
            text = _("Team changed on the road on {time} by {name}: {reason}").format(
                time=minute_text(change.at), name=change.by, reason=change.reason
            )
            column.addWidget(plain_label(text, "warning", wraps=True))

    def _add_score(self, column: QVBoxLayout, score: VisitScore) -> None:
        column.addWidget(plain_label(score_text(score.normalised), "huge"))
        column.addWidget(plain_label(score.explanation, "muted", wraps=True))
        for veto in score.vetoes:
            state = _("approved") if veto.is_approved else _("waits for approval")
            text = _("Veto at item {no} ({state}): {text}").format(
                no=veto.item_no, state=state, text=veto.text
            )
            column.addWidget(plain_label(text, "warning", wraps=True))

    def _add_lines(self, column: QVBoxLayout, score: VisitScore, visit: ShownVisit) -> None:
        """Every item with what it gained; below it the arithmetic of what was taken off, the facts, the evidence."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, line in enumerate(score.lines):
            self._add_line(grid, 3 * number, line, visit)
        column.addLayout(grid)

    def _add_line(self, grid: QGridLayout, row: int, line: ScoreLine, visit: ShownVisit) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(plain_label(f"{line.item.no}", "muted"), row, 0, top)
        grid.addWidget(plain_label(line.item.title, wraps=True), row, 1, top)
        gained = "—" if line.score is None else f"{line.score.normalize():f}"
        figure = plain_label(f"{gained} / {line.points.normalize():f}")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(figure, row, 2, top)
        is_full = line.state is LineState.ANSWERED and not line.deduct
        arithmetic = "" if is_full or line.state is LineState.UNANSWERED else line.text
        numbers = [each.number for each in visit.evidence if each.item == str(line.item.no)]
        named = _("Evidence {number}").format(number=_(", ").join(numbers)) if numbers else ""
        muted = " · ".join(text for text in (arithmetic, named) if text)
        facts = visit.facts.get(line.item.no, "")
        if facts:
            grid.addWidget(
                plain_label(facts, "warning" if line.veto_hit else "", wraps=True), row + 1, 1, 1, 2
            )
        if muted:
            grid.addWidget(plain_label(muted, "muted", wraps=True), row + 2, 1, 1, 2)

    def _add_observations(self, column: QVBoxLayout, visit: ShownVisit) -> None:
        if visit.observations:
            column.addWidget(plain_label(_("Covert observations"), "heading"))
        for seen in visit.observations:
            tone = _("good") if seen.is_good else _("bad")
            text = f"{minute_text(seen.at)}  {seen.place}  {seen.fact}（{tone}）"
            column.addWidget(plain_label(text, wraps=True))

    def _add_evidence(self, column: QVBoxLayout, visit: ShownVisit) -> None:
        if not visit.evidence:
            return
        title = _("Evidence ({count})").format(count=len(visit.evidence))
        column.addWidget(plain_label(title, "heading"))
        strip = EvidenceStrip(self._jobs)
        strip.setAccessibleName(title)
        strip.setFixedHeight(_STRIP_PX if len(visit.evidence) <= _ONE_ROW else 2 * _STRIP_PX)
        strip.evidence_opened.connect(self.evidence_opened)
        strip.show_evidence(visit.evidence)
        column.addWidget(strip)
        for each in visit.evidence:
            if each.before_id:
                button = QPushButton(_("{number}: compare before and after").format(number=each.number))
                button.clicked.connect(partial(self.pair_wanted.emit, each.id))
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for each in visit.evidence:
            if each.added is not None:
                late = _("{number}: {what}").format(number=each.number, what=addition_text(each.added))
                column.addWidget(plain_label(late, "warning", wraps=True))
        for line in visit.reused[:_MOST_REUSED]:
            column.addWidget(plain_label(line, "warning", wraps=True))

    def _add_signatures(self, column: QVBoxLayout, visit: ShownVisit) -> None:
        if visit.signatures:
            column.addWidget(SignaturesView(self._jobs, visit.id, visit.signatures))

    def _add_times(self, column: QVBoxLayout, visit: ShownVisit) -> None:
        """Between which moments it was recorded, and what the clock of the laptop did meanwhile."""
        if not visit.head.get("status"):
            return
        texts = (times_text(visit.times), proof_text(visit.times))
        warnings = clock_texts(visit.times)
        if any(texts) or warnings:
            column.addWidget(plain_label(_("Time of the record"), "heading"))
        for text in filter(None, texts):
            column.addWidget(plain_label(text, "muted", wraps=True))
        for text in warnings:
            column.addWidget(plain_label(text, "warning", wraps=True))


def _contested_text(visit: ShownVisit) -> str:
    parts = _(", ").join(part_text(part) for part in visit.contested)
    if visit.is_settled_here:
        return _("In conflict: {parts}. Settle it on the page of packages.").format(parts=parts)
    return _(
        "In conflict with another computer: {parts}. The office settles it; its receipt tells how."
    ).format(parts=parts)
