import ast
from pathlib import Path

import pytest

import desktop
from desktop.i18n import use_language
from desktop.services.records.log_words import EVENTS, LogGroup, event_text, group_text
from desktop.services.setup.enroll_node import revoke_node
from desktop.services.upkeep.find_log_lines import LogFilter, Period, find_log_lines, log_authors
from desktop.storage.journal_search import LOG_ROWS, JournalQuery, search_journal

DAY_MS = 24 * 3600 * 1000


def lines(workspace, **wanted):
    return find_log_lines(workspace, LogFilter(**wanted)).rows


@pytest.fixture
def office(world):
    """The office after a package of anna has been merged and bert was revoked."""
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    world.clock.go_on()
    revoke_node(world.office, world.bert.node, "笔记本遗失")
    return world.office


def test_the_newest_stands_first_with_who_and_where(office):
    page = find_log_lines(office, LogFilter())

    first = page.rows[0]
    assert (first.event, first.by, first.node, first.other) == (
        "revoked",
        "张三",
        "云泽市政府督查室",
        "外业王五",
    )
    assert first.reason == "笔记本遗失"
    assert [row.at for row in page.rows] == sorted((row.at for row in page.rows), reverse=True)
    assert page.total == len(page.rows)


def test_what_others_did_stands_there_under_their_own_names(office):
    (recorded,) = lines(office, text="录入检查")

    assert (recorded.by, recorded.node, recorded.about) == ("欧阳㛃", "外业欧阳㛃", "澄湖区")
    assert lines(office, text="录入检查", is_own_only=True) == ()


def test_the_words_of_the_language_in_use_are_found(office):
    assert {row.event for row in lines(office, text="吊销")} == {"revoked"}

    use_language("en")
    assert {row.event for row in lines(office, text="NODE revoked")} == {"revoked"}


@pytest.mark.parametrize("text", ["遗失", "王五 吊销", "外业王五"])
def test_names_and_reasons_are_found(office, text):
    assert "revoked" in {row.event for row in lines(office, text=text)}


@pytest.mark.parametrize("text", ["100%", "_", "没有这个词"])
def test_a_sign_of_the_database_means_itself(office, text):
    assert lines(office, text=text) == ()


def test_a_group_and_a_person_narrow_it(office):
    people = {name: person for person, name in log_authors(office)}

    assert {row.event for row in lines(office, group=LogGroup.KEYS)} == {"enrolled", "revoked"}
    assert {row.by for row in lines(office, person=people["欧阳㛃"])} == {"欧阳㛃"}
    assert set(people) == {"张三", "欧阳㛃"}


def test_a_period_begins_at_midnight(world):
    assert lines(world.office, period=Period.TODAY)
    world.clock.go_on(3 * DAY_MS)

    assert lines(world.office, period=Period.TODAY) == ()
    assert lines(world.office, period=Period.WEEK)


def test_a_page_is_followed_by_the_next(office):
    whole = find_log_lines(office, LogFilter())

    second = find_log_lines(office, LogFilter(), offset=2, limit=3)

    assert second.rows == whole.rows[2:5]
    assert second.total == whole.total
    assert whole.total <= LOG_ROWS


def test_an_end_can_be_given_as_well(office):
    rows, total = search_journal(office.db, JournalQuery(until_ms=0))

    assert (rows, total) == ([], 0)


def test_an_event_that_is_no_json_does_not_hide_the_others(office):
    office.db.execute("DROP TRIGGER part_is_only_completed")
    office.db.execute("UPDATE part SET bytes = x'ff00' WHERE name IN ('event', 'reason')")

    rows = lines(office)

    assert {row.event for row in rows} >= {"log", "revoke"}
    assert {row.reason for row in rows} == {""}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_event_has_words(language):
    use_language(language)

    assert all(event_text(event) != event for event in EVENTS)
    assert len({group_text(group) for group in LogGroup}) == len(LogGroup)
    assert event_text("from_a_newer_version") == "from_a_newer_version"


def written_events():
    """Every event whose name stands in the code where it is logged."""
    for path in sorted(Path(desktop.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    is_event = isinstance(key, ast.Constant) and key.value == "event"
                    if is_event and isinstance(value, ast.Constant):
                        yield value.value


def test_every_event_that_is_logged_can_be_filtered_and_read():
    assert {"unseal_too_early", "unseal_failed", "from_paper"} <= set(written_events())
    assert set(written_events()) - set(EVENTS) == set()
