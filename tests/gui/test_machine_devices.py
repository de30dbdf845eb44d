"""The devices of this computer, as far as a computer without any can show it."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioDevice, QCamera, QCameraDevice, QMediaDevices, QVideoFrame
from shiboken6 import delete

from desktop.gui.capture import machine_devices as module
from desktop.gui.capture.machine_devices import DeviceSource, MachineDevices
from tests.gui.generated_source import CAMERA, MICROPHONE, GeneratedDevices


@pytest.fixture
def desk(qapp):
    desk = QObject()
    yield desk
    delete(desk)


@pytest.fixture
def devices(desk):
    devices = GeneratedDevices()
    devices.setParent(desk)
    return devices


@pytest.fixture
def source(desk, devices):
    """A source of a camera and a microphone that have no name; ``errors`` is what it has told."""
    source = DeviceSource(QCameraDevice(), QAudioDevice(), devices, desk)
    source.errors = []
    source.failed.connect(source.errors.append)
    return source


def test_the_devices_of_this_computer_are_listed_and_made(desk):
    devices = MachineDevices(desk)
    for listed, found in (
        (devices.cameras(), QMediaDevices.videoInputs()),
        (devices.microphones(), QMediaDevices.audioInputs()),
    ):
        assert len(listed) == len(found)

    source = devices.source("no such camera", "no such microphone", desk)
    source.start()
    assert not source.has_picture
    assert source.sound_format is None
    source.stop()


def test_frames_of_the_camera_and_bytes_of_the_microphone_come_through(source):
    frames, sounds = [], []
    source.frame_arrived.connect(frames.append)
    source.sound_arrived.connect(sounds.append)
    source._is_running = True
    source._sink.videoFrameChanged.emit(QVideoFrame(QImage(8, 8, QImage.Format.Format_RGB32)))
    source._read()

    assert source.has_picture
    assert source.sound_format is not None
    assert [frame.width() for frame in frames] == [8]
    assert sounds == []


def test_a_camera_that_fails_is_said_once(source):
    source._is_running = True
    source._camera.errorOccurred.emit(QCamera.Error.CameraError, "Device is busy.")
    source._camera.errorOccurred.emit(QCamera.Error.CameraError, "again")

    assert [error.problem.count("Device is busy") for error in source.errors] == [1]


def test_a_device_that_is_pulled_out_is_said(source, devices):
    source._ids = (CAMERA.id, MICROPHONE.id)
    devices.plug()
    source._is_running = True
    devices.plug()
    assert source.errors == []
    devices.plug(cameras=())
    assert len(source.errors) == 1
    source._is_running = True
    devices.plug(microphones=())

    assert len(source.errors) == 2


def test_a_microphone_that_fails_is_said(source, monkeypatch):
    class Failed:
        name = "IOError"

    source._is_running = True
    monkeypatch.setattr(source._microphone, "error", Failed)
    source._hear()

    assert len(source.errors) == 1


def test_a_camera_or_microphone_that_gives_nothing_any_more_is_said(source, qtbot):
    for timer in (source._no_picture, source._no_sound):
        source._is_running = True
        timer.setInterval(1)
        timer.start()
        qtbot.waitUntil(lambda: not source._is_running, timeout=5000)

    assert len({error.problem for error in source.errors}) == 2


def test_a_microphone_whose_sound_waits_to_be_read_is_alive(source, desk):
    heard = QBuffer(desk)
    heard.setData(b"ab")
    heard.open(QIODevice.OpenModeFlag.ReadOnly)
    source._is_running, source._sound = True, heard
    source._miss_sound()
    assert source.errors == []
    source._no_sound.stop()
    source._miss_sound()

    assert len(source.errors) == 1


def test_a_source_without_devices_that_answer_can_be_started_and_stopped(source):
    source.start()
    source.start()
    source.stop()


def test_the_camera_gives_the_largest_picture_that_moves():
    class Size:
        def __init__(self, width, height):
            self.width, self.height = lambda: width, lambda: height

    class Format:
        def __init__(self, width, height, fps):
            self.resolution, self.maxFrameRate = lambda: Size(width, height), lambda: fps

    formats = [
        Format(640, 480, 60.0),
        Format(1920, 1080, 5.0),
        Format(4096, 2160, 30.0),
        Format(1280, 720, 10.0),
        Format(1280, 720, 30.0),
    ]

    class Camera:
        def __init__(self, formats):
            self.videoFormats = lambda: formats

    assert module._best_format(Camera(formats)) is formats[4]
    assert module._best_format(Camera([])) is None
