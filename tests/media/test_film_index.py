"""The index of a film is found while the film goes by, in whatever pieces, and little of it is ever held."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.film_index import MOST_INDEX_BYTES, FilmIndex
from tests.media.film_samples import box, film, index, mvhd

INDEX = index(mvhd(seconds=3_879_000_000))


def caught(*blocks):
    found = FilmIndex()
    for block in blocks:
        found.see(block)
    return found.content


@pytest.mark.parametrize("is_index_last", [True, False])
def test_the_index_is_found_before_and_behind_the_frames(is_index_last):
    assert caught(film(mvhd(seconds=3_879_000_000), is_index_last=is_index_last)) == INDEX


@given(st.lists(st.integers(1, 4000), max_size=40), st.booleans())
def test_in_what_pieces_it_comes_makes_no_difference(sizes, is_index_last):
    data = film(mvhd(seconds=3_879_000_000), is_index_last=is_index_last)
    blocks, position = [], 0
    for size in sizes:
        blocks.append(data[position : position + size])
        position += size

    assert caught(*blocks, data[position:]) == INDEX


def test_one_byte_after_the_other_is_enough():
    data = film(mvhd(), frames=bytes(50))

    assert caught(*(data[n : n + 1] for n in range(len(data)))) == index(mvhd())


def test_sizes_of_sixty_four_bits_and_up_to_the_end_are_known():
    frames = struct.pack(">I4sQ", 1, b"mdat", 5016) + bytes(5000)
    to_the_end = bytes(4) + b"moov" + INDEX

    assert caught(box(b"ftyp", b"qt  "), frames, box(b"moov", INDEX, is_long=True)) == INDEX
    assert caught(box(b"ftyp", b"qt  "), to_the_end) == INDEX


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xe0" + bytes(100),
        box(b"ftyp", b"isom") + box(b"mdat", bytes(50)),
        box(b"ftyp", b"isom") + bytes(4) + b"mdat" + box(b"moov", INDEX),
        box(b"ftyp", b"isom") + struct.pack(">I4s", 7, b"free") + box(b"moov", INDEX),
        box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"free", 15) + box(b"moov", INDEX),
        box(b"ftyp", b"isom") + box(b"moov") + box(b"moov", INDEX),
        box(b"free") * 10_001 + box(b"moov", INDEX),
    ],
)
def test_of_what_is_no_film_or_a_broken_one_nothing_is_kept(data):
    assert caught(data) == b""


@pytest.mark.parametrize("size", [0, 2**32 - 1])
def test_an_index_without_measure_is_kept_up_to_a_bound(size):
    head = struct.pack(">I4s", size, b"moov")
    block = bytes(1 << 20)

    assert len(caught(head, *[block] * 20)) == MOST_INDEX_BYTES


@given(st.binary(max_size=300))
def test_whatever_goes_by_is_walked_to_its_end(data):
    assert len(caught(data)) <= len(data)
