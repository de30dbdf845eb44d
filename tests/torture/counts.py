"""How often each fault is tried: few times in ``make test``, often in ``make torture``; and how tries are shared."""

import os

KILLS = int(os.environ.get("MINGCHA_TORTURE_KILLS", "20"))
SESSION_KILLS = KILLS if KILLS > 20 else 5
"""A session takes longer than all other deeds together."""

MUTATIONS = int(os.environ.get("MINGCHA_TORTURE_MUTATIONS", "200"))
FLIPS = MUTATIONS // 2
CALLS = int(os.environ.get("MINGCHA_TORTURE_CALLS", "2"))
CUTS = int(os.environ.get("MINGCHA_TORTURE_CUTS", "20"))


def shares(total, most):
    """Ranges of at most ``most`` numbers, so that several test processes can share them."""
    return [range(start, min(start + most, total)) for start in range(0, total, most)]


def share_name(numbers):
    return f"{numbers.start}-{numbers.stop - 1}"
