import pytest

from desktop.exchange.refusal import PackageRefusedError, Refusal, told_again
from desktop.i18n import use_language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_its_own_sentence_and_an_advice(language):
    use_language(language)

    errors = [PackageRefusedError(reason) for reason in Refusal]

    assert len({error.problem for error in errors}) == len(Refusal)
    assert all(error.advice for error in errors)


def test_refusal_names_the_offending_place_for_support():
    use_language("en")

    refused = PackageRefusedError(Refusal.OBJECT_UNLISTED, "o/12")

    assert refused.place == "o/12"
    assert refused.problem == (
        "This package contains something that its sender did not list. (For support: o/12)"
    )


def test_reasons_are_words_that_never_change():
    assert {reason.name.lower().replace("_", "-") for reason in Refusal} == set(Refusal)


@pytest.mark.parametrize("stored", ["zh", "en"])
@pytest.mark.parametrize("place", ["", "o/12", "payload"])
def test_a_stored_refusal_is_told_in_the_language_of_now(stored, place):
    for reason in Refusal:
        use_language(stored)
        then = PackageRefusedError(reason, place)
        for language in ("en", "zh"):
            use_language(language)
            now = PackageRefusedError(reason, place)
            assert told_again(reason.value, then.problem, then.advice) == (now.problem, now.advice)


def test_a_refusal_of_a_newer_program_stays_as_it_was_written():
    assert told_again("from-the-future", "Neu.", "Warten.") == ("Neu.", "Warten.")
