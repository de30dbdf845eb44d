"""A camera and a microphone that are generated: a moving picture, and a tone whose loudness is known."""

import math
from array import array

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame

from desktop.gui.capture.source import Device, Devices, Source, speech_format

CAMERA, MICROPHONE = Device("cam-1", "测试相机"), Device("mic-1", "测试麦克风")
_EVERY_MS = 40


class GeneratedSource(Source):
    """Gives a frame and as much sound as time has passed, until it is stopped or made to fail."""

    def __init__(self, parent=None, *, has_picture=True, has_sound=True):
        super().__init__(parent)
        self.name = "测试相机 + 测试麦克风"
        self.has_picture = has_picture
        self.sound_format = speech_format() if has_sound else None
        self.is_running = False
        self.count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.give)

    def start(self):
        self.is_running = True
        self._timer.start()

    def stop(self):
        self.is_running = False
        self._timer.stop()

    def fail(self, error):
        self.stop()
        self.failed.emit(error)

    def give(self):
        self.count += 1
        if self.has_picture:
            self.frame_arrived.emit(QVideoFrame(picture(self.count)))
        if self.sound_format is not None:
            self.sound_arrived.emit(tone(self.count))


class GeneratedDevices(Devices):
    """One of each, until it is unplugged. ``made``: the sources that were asked for."""

    def __init__(self, cameras=(CAMERA,), microphones=(MICROPHONE,)):
        super().__init__()
        self.found = [tuple(cameras), tuple(microphones)]
        self.made = []

    def cameras(self):
        return self.found[0]

    def microphones(self):
        return self.found[1]

    def source(self, camera_id, microphone_id, parent):
        source = GeneratedSource(parent, has_picture=bool(camera_id), has_sound=bool(microphone_id))
        self.made.append(source)
        return source

    def plug(self, cameras=(CAMERA,), microphones=(MICROPHONE,)):
        self.found = [tuple(cameras), tuple(microphones)]
        self.changed.emit()


def picture(number, width=320, height=240):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("navy"))
    painter = QPainter(image)
    painter.fillRect(number * 4 % width, 100, 40, 40, QColor("orange"))
    painter.end()
    return image


def tone(number):
    count = 16 * _EVERY_MS
    return array("h", (int(8000 * math.sin((number * count + each) / 5)) for each in range(count))).tobytes()
