"""Padmé: rounding sizes up so that they give away little, at a cost of at most 12 percent.

Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (2019).
"""


def padded_size(size: int) -> int:
    """Return the Padmé size of ``size`` bytes: as many leading bits as the length of the length are kept.

    A multiple of 512 stays one.
    """
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask
