"""Reading the tags of a picture that is open, without trusting any of them. Runs inside the worker only."""

import warnings
from collections.abc import Mapping

from PIL import Image, ImageFile, TiffImagePlugin

from desktop.media.exif_values import (
    gps_time_observation,
    malformed,
    orientation_observation,
    position_observations,
    text_observation,
    time_observation,
)
from desktop.media.observation import Observation, Source, Status
from desktop.media.pictures import DECODER_ERRORS

_EXIF_FOLDER, _GPS_FOLDER = 0x8769, 0x8825
_ORIENTATION = 0x0112
_TEXTS = {"make": 0x010F, "model": 0x0110, "software": 0x0131}
_TIMES = {"captured_at": (0x9003, 0x9011), "digitized_at": (0x9004, 0x9012), "modified_at": (0x0132, 0x9010)}

Tags = Mapping[int, object]


def metadata_of(picture: ImageFile.ImageFile) -> tuple[Observation, ...]:
    """All fields of the sources EXIF and GPS, absent ones too; ``metadata`` first if some could not be read."""
    main, details, gps, complaint = _tags_of(picture)
    found = [malformed(Source.EXIF, "metadata", complaint)] if complaint else []
    for key, (time_tag, zone_tag) in _TIMES.items():
        tags = main if key == "modified_at" else details
        found.append(time_observation(Source.EXIF, key, tags.get(time_tag), details.get(zone_tag)))
    found += [text_observation(Source.EXIF, key, main.get(tag)) for key, tag in _TEXTS.items()]
    found.append(orientation_observation(_orientation_tag(picture, main)))
    found += position_observations(gps.get(2), gps.get(1), gps.get(4), gps.get(3))
    found.append(gps_time_observation(gps.get(29), gps.get(7)))
    found.append(text_observation(Source.GPS, "datum", gps.get(18)))
    return tuple(found)


def orientation_of(picture: ImageFile.ImageFile) -> int:
    """How the pixels have to be turned, 1 (not at all) unless the picture says so in a valid way."""
    if "original_orientation" in picture.info:
        return 1  # the decoder of HEIC has turned the pixels
    observation = orientation_observation(_tags_of(picture)[0].get(_ORIENTATION))
    is_usable = observation.status is Status.OK and isinstance(observation.parsed, int)
    return int(observation.parsed or 1) if is_usable else 1


def _orientation_tag(picture: ImageFile.ImageFile, main: Tags) -> object:
    return picture.info.get("original_orientation") or main.get(_ORIENTATION)


def _tags_of(picture: ImageFile.ImageFile) -> tuple[Tags, Tags, Tags, str]:
    """Return the main, the Exif and the GPS folder, each as far as it can be read, and the first complaint."""
    complaints: list[str] = []
    folders: list[Tags] = [{}, {}, {}]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exif = _fresh_tags(picture)
            folders[0] = dict(exif)
            for place, tag in ((1, _EXIF_FOLDER), (2, _GPS_FOLDER)):
                folders[place] = dict(exif.get_ifd(tag))
        except DECODER_ERRORS as error:
            complaints.append(f"{type(error).__name__}: {error}")
    complaints += [str(warning.message) for warning in caught]
    return folders[0], folders[1], folders[2], next(iter(complaints), "")


def _fresh_tags(picture: ImageFile.ImageFile) -> Image.Exif:
    """Read the tags once more: what was wrong with them was said while the picture was opened, and not heard.

    ``getexif`` would also decode all pixels of a PNG, in search of tags behind them.
    """
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        return picture.getexif()
    tags = Image.Exif()
    block = picture.info.get("exif")
    if isinstance(block, bytes):
        tags.load(block)
    return tags
