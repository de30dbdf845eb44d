"""The interviews of a visit as the office reads them, below its findings."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from desktop.gui.visits.visit_words import minute_text, spoken_text
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.visits.interview import Interview


def add_interviews(column: QVBoxLayout, interviews: Sequence[Interview]) -> None:
    """Who spoke with whom, then question by question."""
    if interviews:
        column.addWidget(plain_label(_("Interviews"), "heading"))
    for interview in interviews:
        times = (minute_text(interview.started_at), minute_text(interview.ended_at)[11:])
        facts = (
            "–".join(filter(None, times)),
            interview.place,
            interview.person,
            interview.post,
            _(", ").join(interview.interviewers),
        )
        column.addWidget(plain_label(" · ".join(fact for fact in facts if fact), "muted", wraps=True))
        for spoken in interview.dialogue:
            column.addWidget(plain_label(spoken_text(spoken.question, spoken.answer), wraps=True))
        if interview.refusal:
            refusal = _("Refused to sign: {reason}").format(reason=interview.refusal)
            column.addWidget(plain_label(refusal, "warning", wraps=True))
