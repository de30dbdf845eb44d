"""How loud a piece of sound is, to show that the microphone hears something."""

from array import array
from collections.abc import Mapping

from PySide6.QtMultimedia import QAudioFormat

_KINDS: Mapping[QAudioFormat.SampleFormat, tuple[str, float]] = {
    QAudioFormat.SampleFormat.Int16: ("h", 1 << 15),
    QAudioFormat.SampleFormat.Int32: ("i", 1 << 31),
    QAudioFormat.SampleFormat.Float: ("f", 1.0),
}


def loudness(data: bytes, sound_format: QAudioFormat) -> float:
    """The loudest sample, from 0 to 1; 0 for a format that is not known."""
    kind = _KINDS.get(sound_format.sampleFormat())
    if kind is None:
        return 0.0
    letter, whole = kind
    width = sound_format.bytesPerSample()
    samples = array(letter, data[: len(data) - len(data) % width])
    return float(min(1.0, max(max(samples), -min(samples)) / whole)) if samples else 0.0
