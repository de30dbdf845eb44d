from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.points import (
    Rounding,
    equals,
    from_stored,
    parse_number,
    published,
    quotient,
    rounded,
    show,
    term,
    to_stored,
)

DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        ("88.545", "88.55"),
        ("82.345", "82.35"),
        ("91.115", "91.12"),
        ("90.625", "90.63"),
        ("1.005", "1.01"),
        ("-1.005", "-1.01"),
        ("-0.001", "0.00"),
    ],
)
def test_a_half_is_rounded_away_from_zero(exact, expected):
    assert str(rounded(Fraction(exact))) == expected


@given(DECIMALS)
def test_rounding_agrees_with_decimal_arithmetic(value):
    exact = Fraction(value)

    assert rounded(exact) == value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert rounded(exact, 2, Rounding.HALF_EVEN) == value.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10, Fraction(10)),
        (Decimal("7.4"), Fraction(74, 10)),
        (Decimal("1E+3"), Fraction(1000)),
        ("-3.2", Fraction(-32, 10)),
        ("+0.50", Fraction(1, 2)),
    ],
)
def test_numbers_are_read_exactly(value, expected):
    assert parse_number(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0.1,
        "",
        "1e3",
        "1,000",
        "１０",
        "10%",
        "NaN",
        [],
        10**15,
        -(10**15),
        "1" * 16,
        "0." + "1" * 11,
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+999999"),
        Decimal("1E-999999"),
        Decimal("0E+999999"),
        Decimal("1E-11"),
    ],
)
def test_what_is_no_number_of_ordinary_size_is_refused(value):
    with pytest.raises(ValueError):
        parse_number(value)


def test_figures_are_shown_short_and_with_a_true_minus():
    assert show(Decimal("26.40")) == "26.4"
    assert show(Fraction(2, 3)) == "0.666667"
    assert show(-3) == "−3"
    assert show(Decimal("100")) == "100"
    assert (term(Decimal("-3.2")), term(2)) == ("(−3.2)", "2")


def test_a_figure_that_is_shortened_says_so():
    assert equals(Fraction(93, 100)) == "=0.93"
    assert equals(Fraction(2, 3)) == "≈0.666667"
    assert quotient(Fraction("111.6"), 120) == ("111.6÷120=0.93", "0.93")
    assert quotient(2, 3) == ("2÷3≈0.666667", "2÷3")
    assert quotient(6, -3) == ("6÷(−3)=−2", "−2")


def test_the_published_figure_shows_how_it_was_rounded():
    assert published(Fraction("27.4"), Decimal("27.40")) == "=27.40"
    assert published(Fraction("90.625"), Decimal("90.63")) == "=90.625≈90.63"
    assert published(Fraction(2, 3), Decimal("0.67")) == "≈0.67"


@given(st.integers(-(10**9), 10**9))
def test_stored_points_come_back_exactly(stored):
    points = from_stored(stored)

    assert to_stored(points) == stored
    assert points.as_tuple().exponent in (-2, -4)


def test_points_finer_than_the_store_are_refused():
    with pytest.raises(ValueError):
        to_stored(Decimal("0.00005"))


def test_points_are_stored_as_ten_thousandths():
    assert to_stored(Decimal("2.5")) == 25000
    assert str(from_stored(25000)) == "2.50"
    assert str(from_stored(25001)) == "2.5001"
