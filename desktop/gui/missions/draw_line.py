"""One quiet line beside a mission: how its places were drawn, and the way to the record."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.missions.mission_draws import MissionDraw

_MOST_LINES = 2


class DrawLine(QWidget):
    """Hidden where nothing was drawn, or nobody may know here."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.draws: tuple[MissionDraw, ...] = ()
        self.label = plain_label("", "muted", wraps=True)
        self.open_button = text_button(texts, lambda: _("Draw record …"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.open_button)
        self.hide()

    def show_draws(self, draws: Sequence[MissionDraw]) -> None:
        self.draws = tuple(draws)
        lines = [_text(draw) for draw in self.draws]
        if len(lines) > _MOST_LINES:
            lines = [*lines[:_MOST_LINES], _("… and {count} more").format(count=len(lines) - _MOST_LINES)]
        self.label.setText("\n".join(lines))
        self.setVisible(bool(draws))

    def say_again(self) -> None:
        self.show_draws(self.draws)


def _text(draw: MissionDraw) -> str:
    if draw.record is None:
        return _("Drawn at random by a later version of the program.")
    return _("Drawn at random on {day}: {count} of {all} units, seed {seed}; can be drawn again.").format(
        day=draw.record.at[:10],
        count=len(draw.record.result),
        all=len(draw.record.population),
        seed=f"{draw.record.seed[:8]}…",
    )
