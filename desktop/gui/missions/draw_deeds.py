"""Drawing places for the mission in the editor, and showing how those of the chosen mission were drawn."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.draw_record import DrawRecord
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.missions.draw_dialog import DrawDialog
from desktop.gui.missions.mission_editor import MissionEditor
from desktop.gui.missions.mission_panel import MissionPanel
from desktop.services.missions.draw_places import draw_places
from desktop.services.missions.mission_draws import MissionDraw, mission_draws


class DrawDeeds(QObject):
    """``print_wanted`` carries the id of the mission whose record of draws is to be printed."""

    print_wanted = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        editor: MissionEditor,
        panel: MissionPanel,
        show_error: Callable[[UserError], object],
    ) -> None:
        super().__init__(panel)
        self._jobs, self._editor, self._panel, self._show_error = jobs, editor, panel, show_error
        editor.draw_bar.wanted.connect(self._draw)
        panel.draw_line.open_button.clicked.connect(self._open)

    def read(self) -> None:
        """How the places of the mission were drawn that the panel shows."""
        mission = self._panel.mission
        if mission is not None:
            work = partial(mission_draws, mission_id=mission.id)
            show = partial(self._show, mission.id)
            self._jobs.read(work, show, self._show_error, name="draws of a mission")

    def _draw(self, count: int, witness: str) -> None:
        editor = self._editor
        work = partial(
            draw_places,
            units=editor.units_to_draw_from(),
            count=count,
            witness=witness,
            mission_id=editor.mission_id,
        )
        # Pressed twice it would draw twice, the second time from what was drawn already.
        editor.draw_bar.wait(is_drawing=True)
        self._jobs.write(work, partial(self._take, editor.opening), self._show_not_drawn)

    def _take(self, opening: int, record: DrawRecord) -> None:
        self._editor.draw_bar.wait(is_drawing=False)
        if opening == self._editor.opening:
            self._editor.take_draw(record)

    def _show_not_drawn(self, error: UserError) -> None:
        self._editor.draw_bar.wait(is_drawing=False)
        self._show_error(error)

    def _show(self, mission_id: str, draws: tuple[MissionDraw, ...]) -> None:
        if self._panel.mission is not None and self._panel.mission.id == mission_id:
            self._panel.draw_line.show_draws(draws)

    def _open(self) -> None:
        mission = self._panel.mission
        if mission is not None:
            dialog = DrawDialog(self._jobs, mission.id, self._panel.draw_line.draws, self._panel)
            dialog.print_wanted.connect(self.print_wanted)
            dialog.open()
