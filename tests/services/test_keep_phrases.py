import pytest

from desktop.domain.phrases import Phrase
from desktop.errors import UserError
from desktop.services.checklists.keep_phrases import keep_phrases, read_phrases, shipped_phrases
from desktop.storage.settings_table import write_setting


def test_own_phrases_stand_before_those_of_the_program_and_stay(world):
    kept = keep_phrases(world.anna, [Phrase("zz", "自用"), Phrase("kg", "我的空岗")])

    assert kept[:2] == (Phrase("kg", "我的空岗", is_own=True), Phrase("zz", "自用", is_own=True))
    assert read_phrases(world.anna)[2:] == shipped_phrases()


def test_a_phrase_that_cannot_be_used_leaves_those_before(world):
    keep_phrases(world.anna, [Phrase("zz", "自用")])

    with pytest.raises(UserError):
        keep_phrases(world.anna, [Phrase("坏", "x")])
    assert read_phrases(world.anna)[0].code == "zz"


def test_a_setting_of_another_kind_is_no_phrase(world):
    write_setting(world.anna.db, "phrases", ["x", {"code": "a"}])

    assert read_phrases(world.anna) == shipped_phrases()
