import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.codes import ALPHABET, check_credit_code, check_region_code, credit_code_check_digit
from desktop.errors import UserError

# Units of the fictitious city.
CREDIT_CODES = [
    "11997102071000016E",
    "11997103071000024P",
    "119971040710000321",
    "11997171071000040W",
    "119971810710000599",
    "119971210710000677",
    "11997122071000075G",
    "1199710007100018XM",
    "1199710007100034XW",
    "119971000710003908",
]
BODIES = st.builds(
    "{}{}{}".format,
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_codes_of_real_form_are_accepted(code):
    assert check_credit_code(f" {code.lower()} ") == code


@given(BODIES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_mistyped_character_is_found(body, place, other):
    code = body + credit_code_check_digit(body)
    mistyped = code[:place] + other + code[place + 1 :]

    if mistyped == code:
        assert check_credit_code(mistyped) == code
    else:
        with pytest.raises(UserError):
            check_credit_code(mistyped)


@given(BODIES, st.integers(0, 16))
def test_two_swapped_characters_are_found(body, place):
    code = body + credit_code_check_digit(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if swapped != code:
        with pytest.raises(UserError):
            check_credit_code(swapped)


@pytest.mark.parametrize(
    "code", ["", "11997102071000016", "11997102071000016EE", "119971O2071000016E", "张" * 18]
)
def test_what_has_not_the_form_of_a_credit_code_is_refused(code):
    with pytest.raises(UserError, match="不是统一社会信用代码"):
        check_credit_code(code)


def test_wrong_check_digit_is_told_apart_from_a_wrong_form():
    with pytest.raises(UserError, match="校验位不正确"):
        check_credit_code("11997102071000016F")


def test_check_digit_needs_seventeen_characters():
    with pytest.raises(ValueError):
        credit_code_check_digit("119971020710000")


@pytest.mark.parametrize("code", ["997100", "997102", "990000", " 110101 ", "429004"])
def test_region_codes_of_each_level_are_accepted(code):
    assert check_region_code(code) == code.strip()


@pytest.mark.parametrize("code", ["", "99710", "9971000", "099710", "990002", "99710a", "９９７１００"])
def test_what_has_not_the_form_of_a_region_code_is_refused(code):
    with pytest.raises(UserError, match="不是行政区划代码"):
        check_region_code(code)
