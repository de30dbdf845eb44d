"""Before and after a rectification, side by side: both photos are enlarged and moved together."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from desktop.gui.evidence.large_image import read_image
from desktop.gui.evidence.picture_view import PictureView
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.evidence.show_evidence import LargePicture
from desktop.services.pictures.pair_photos import Pair, pair_of, pair_photos
from desktop.services.pictures.related import Related

_SIDE = 3000


class PairDialog(FittingDialog):
    """``after_id``: the photo that names the other one. Closed, it answers whether the pair was taken apart."""

    def __init__(self, jobs: Jobs, after_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._after_id = jobs, after_id
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Before and after"))
        texts = Texts()
        self.note = NoteBar()
        self.before_view, self.after_view = PictureView(), PictureView()
        self.before_label, self.after_label = (plain_label("", "muted", wraps=True) for _each in range(2))
        self.part_button = text_button(texts, lambda: _("Take the pair apart"), "x")
        self.close_button = text_button(texts, lambda: _("Close"), is_primary=True)
        self._is_following = False
        self.before_view.setAccessibleName(_("Before the rectification"))
        self.after_view.setAccessibleName(_("After the rectification"))
        self.part_button.clicked.connect(self._part)
        self.close_button.clicked.connect(self.reject)
        self._couple(self.before_view, self.after_view)
        self._couple(self.after_view, self.before_view)
        self._lay_out()
        room = parent.window().size() if parent is not None else QSize(1180, 760)
        resize_on_screen(self, max(880, room.width() - 48), max(560, room.height() - 48))
        jobs.read(partial(pair_of, after_id=after_id), self._show_pair, self.note.show_problem)

    def _show_pair(self, pair: Pair) -> None:
        sides = (
            (_("Before it was put right"), pair.before, self.before_label, self.before_view),
            (_("After it was put right"), pair.after, self.after_label, self.after_view),
        )
        for word, side, label, view in sides:
            label.setText(f"{word}　{_side_text(side)}")
            if not side.evidence.is_here:
                self.note.show_warning(_("The file has not come to this computer yet."))
                continue
            work = partial(read_image, sha256=side.evidence.sha256, longest_side=_SIDE)
            self._jobs.read(work, partial(self._show_picture, view), self.note.show_problem)

    def _show_picture(self, view: PictureView, answer: tuple[QImage, LargePicture]) -> None:
        image, picture = answer
        if image.isNull():
            self.note.show_warning(picture.problem)
        else:
            view.show_picture(image, QSize(picture.whole_width, picture.whole_height))

    def _part(self) -> None:
        work = partial(pair_photos, after_id=self._after_id, before_id="")
        self._jobs.write(work, lambda _none: self.accept(), self.note.show_problem)

    def _couple(self, led: PictureView, follower: PictureView) -> None:
        led.zoom_changed.connect(lambda _zoom: self._follow(led, follower))
        led.horizontalScrollBar().valueChanged.connect(lambda _value: self._follow(led, follower))
        led.verticalScrollBar().valueChanged.connect(lambda _value: self._follow(led, follower))

    def _follow(self, led: PictureView, follower: PictureView) -> None:
        """The same share of both pictures, whatever their sizes."""
        if self._is_following or not (led.has_picture and follower.has_picture):
            return
        self._is_following = True
        times = led.zoom / led.fit_zoom
        if abs(times - 1.0) < 1e-6:
            follower.fit()
        else:
            follower.set_zoom(follower.fit_zoom * times)
        _same_share(led.horizontalScrollBar(), follower.horizontalScrollBar())
        _same_share(led.verticalScrollBar(), follower.verticalScrollBar())
        self._is_following = False

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for label, view in ((self.before_label, self.before_view), (self.after_label, self.after_view)):
            side = QVBoxLayout()
            side.setSpacing(6)
            side.addWidget(label)
            side.addWidget(view, 1)
            sides.addLayout(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(sides, 1)
        column.addWidget(self.note)
        column.addLayout(button_row(self.part_button, self.close_button))


def _side_text(side: Related) -> str:
    caption = " ".join((side.evidence.caption or side.evidence.name).split())[:60]
    return f"{side.visit}　{side.evidence.number} {caption}"


def _same_share(led: QScrollBar, follower: QScrollBar) -> None:
    share = led.value() / led.maximum() if led.maximum() else 0.5
    follower.setValue(round(share * follower.maximum()))
