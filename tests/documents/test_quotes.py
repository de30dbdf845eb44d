import pytest

from desktop.documents.cell import Style, lines_of
from desktop.documents.quotes import fitting_quotes
from desktop.i18n import use_language


@pytest.fixture
def english():
    use_language("en")
    yield
    use_language("zh")


def test_on_english_paper_latin_words_stand_in_straight_marks(english):
    assert fitting_quotes("choose “Restore a backup” on the leader’s page") == (
        'choose "Restore a backup" on the leader\'s page'
    )


def test_quoted_chinese_keeps_its_marks(english):
    assert fitting_quotes("整改“回头看”复查") == "整改“回头看”复查"


def test_chinese_paper_keeps_all_of_them():
    assert fitting_quotes("格式“Excel”") == "格式“Excel”"


def test_lines_are_broken_and_drawn_with_the_same_marks(english):
    (line,) = lines_of("press “Print”", Style(), 400)

    assert line.text == 'press "Print"'
