"""What a picture says about itself. Runs inside the worker only."""

from collections.abc import Mapping

from desktop.domain.canonical import Json
from desktop.media.extent import content_end
from desktop.media.metadata import metadata_of
from desktop.media.observation import Observation, Source, Status
from desktop.media.pictures import open_picture
from desktop.media.sniff import SAMPLE_BYTES, sniff


def describe(data: bytes, _options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """Return the observations of FIELDS as JSON; ``observations_from_json`` reads them. No pixel is decoded."""
    with open_picture(data) as picture:
        observations = (
            _plain("format", picture.format or ""),
            _plain("width_px", picture.width),
            _plain("height_px", picture.height),
            *_behind_the_end(data),
            *metadata_of(picture),
        )
    return [observation.as_json() for observation in observations], b""


def _behind_the_end(data: bytes) -> tuple[Observation, ...]:
    """Say how many bytes follow the picture and what they seem to be; nothing for a picture that ends the file.

    A picture whose own end cannot be found is cut short or damaged.
    """
    mime = _mime(data)
    end = content_end(data, mime)
    if end is None:
        return (Observation(Source.CONTAINER, "trailing_bytes", "", None, Status.MALFORMED),)
    rest = data[end:]
    if not rest.strip(b"\0"):
        return ()
    return _plain("trailing_bytes", len(rest)), _plain("trailing_type", _mime(rest))


def _mime(data: bytes) -> str:
    return sniff(data[:SAMPLE_BYTES], data[-SAMPLE_BYTES:], len(data), "").mime


def _plain(key: str, value: int | str) -> Observation:
    return Observation(Source.CONTAINER, key, str(value), value, Status.OK)
