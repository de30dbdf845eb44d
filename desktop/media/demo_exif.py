"""The metadata of the demo photos, written the ways in which real cameras and tools write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

_TIME = "%Y:%m:%d %H:%M:%S"


class Camera(StrEnum):
    """PHONE knows its zone and place, COMPACT only the time, BARE writes nothing, as chat programs leave it."""

    PHONE = "phone"
    COMPACT = "compact"
    SCANNER = "scanner"
    BARE = "bare"


@dataclass(frozen=True)
class Position:
    """Where the photo was taken, in millionths of a degree. A broken one has a denominator of zero in its seconds,
    as phones write it that lost the satellites."""

    latitude_udeg: int
    longitude_udeg: int
    is_broken: bool = False


_MODELS: Mapping[Camera, tuple[str, str]] = {
    Camera.PHONE: ("MINGCHA DEMO", "Phone 7"),
    Camera.COMPACT: ("MINGCHA DEMO", "Compact C20"),
    Camera.SCANNER: ("MINGCHA DEMO", "Flatbed A4"),
}


def make_exif(camera: Camera, taken_at: datetime, position: Position | None, orientation: int) -> Image.Exif:
    """``taken_at`` needs a zone for a phone; the other cameras drop it."""
    exif = Image.Exif()
    if camera is Camera.BARE:
        return exif
    exif[Base.Make], exif[Base.Model] = _MODELS[camera]
    exif[Base.Orientation] = orientation
    exif[Base.DateTime] = taken_at.strftime(_TIME)
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = taken_at.strftime(_TIME)
    details[Base.DateTimeDigitized] = taken_at.strftime(_TIME)
    if camera is Camera.PHONE:
        details[Base.OffsetTimeOriginal] = _offset(taken_at)
    if position is not None:
        exif.get_ifd(IFD.GPSInfo).update(_gps(position))
    return exif


def _offset(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def _gps(position: Position) -> dict[int, object]:
    return {
        GPS.GPSLatitudeRef: "N" if position.latitude_udeg >= 0 else "S",
        GPS.GPSLatitude: _angle(position.latitude_udeg, position.is_broken),
        GPS.GPSLongitudeRef: "E" if position.longitude_udeg >= 0 else "W",
        GPS.GPSLongitude: _angle(position.longitude_udeg, position.is_broken),
    }


def _angle(udeg: int, is_broken: bool) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Degrees, minutes and seconds to 1/10000; a millionth of a degree is 36 of those."""
    degrees, rest = divmod(abs(udeg) * 36, 36_000_000)
    minutes, seconds = divmod(rest, 600_000)
    return IFDRational(degrees, 1), IFDRational(minutes, 1), IFDRational(seconds, 0 if is_broken else 10_000)
