"""Photos that may show the same scene as another one: a hint for people, never a finding.

Found by the four pieces of their bits (see ``desktop/domain/picture_likeness.py``), so that one photo among 50,000
costs some hundred look-ups instead of a comparison with each.
"""

from desktop.domain.picture_likeness import BANDS, MOST_DIFFERENT, bands, least_distance, near_band, views
from desktop.services.workspace.workspace import Workspace
from desktop.storage.picture_table import pictures_of_bands


def alike_bits(workspace: Workspace, bits: int, but: str) -> tuple[tuple[str, int], ...]:
    """(SHA-256, in how many of 63 places it differs) of the photos alike, the nearest first; never ``but`` itself."""
    turned = [bands(view) for view in views(bits)]
    wanted = [
        sorted({near for pieces in turned for near in near_band(pieces[number])}) for number in range(BANDS)
    ]
    near = (
        (sha256, least_distance(bits, other))
        for sha256, other in pictures_of_bands(workspace.db, wanted).items()
        if sha256 != but
    )
    return tuple(
        sorted((each for each in near if each[1] <= MOST_DIFFERENT), key=lambda each: (each[1], each[0]))
    )
