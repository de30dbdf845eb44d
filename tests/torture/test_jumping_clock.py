"""Clocks years ahead, years behind and jumping: what came last stays last, and no score changes."""

from dataclasses import dataclass, field

import pytest

from desktop.domain.clock_reading import Reading, jump_between
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.records.visit_times import visit_times
from desktop.services.records.visit_values import read_visit
from desktop.services.scoring.score_units import score_units
from desktop.services.workspace.describe_workspace import state_digest
from desktop.services.workspace.watch_clock import note_jump
from desktop.services.workspace.workspace import STREAM_SETTING
from desktop.storage.entries import load_stream
from desktop.storage.records import find_record
from desktop.storage.settings_table import read_text_setting
from tests.services.worlds import CHECKLIST, Clock, World
from tests.torture.killing import assert_sound

YEAR_MS = 365 * 24 * 3600 * 1000
STEADY = (0, 0, 0)
JUMPS = {
    "back ten years": (0, -10, -10),
    "ahead ten years and back": (10, 0, 0),
    "to and fro": (5, -7, 12),
    "to the beginning of time": (-56, -56, -56),
}


@dataclass
class Story:
    world: World
    visit: str = ""
    files: list = field(default_factory=list)

    def merged(self, order):
        """Merge the packages into an office of its own and return it, still open."""
        number = len(list(self.world.folder.iterdir()))
        office = self.world.copy_of("office", f"clock-office-{number}")
        assert merge_packages(office, order).is_complete
        return office


@pytest.fixture
def tell_story(theatre):
    """Let anna change her mind twice while her clock jumps by these years before each step."""
    stories = []

    def told(jumps):
        story = Story(World(theatre.folder, Clock(theatre.clock.now_ms)))
        stories.append(story)
        number = len(list(theatre.folder.iterdir()))
        anna = story.world.anna = story.world.copy_of("anna", f"clock-anna-{number}")
        for step, years in enumerate(jumps):
            story.world.clock.now_ms = theatre.clock.now_ms + years * YEAR_MS
            planned = {} if story.visit else {"unit": "澄湖区", "checklist": CHECKLIST}
            recorded = story.world.record(anna, story.visit or None, **planned, **findings(step))
            story.visit = recorded.id
            story.files.append(story.world.results(anna))
        return story

    yield told
    for story in stories:
        story.world.close()


def findings(step):
    answers = [{"item": 1, "deduct": str(step + 1), "facts": f"第{step}次"}, {"item": 2, "deduct": 0}]
    return {"started_at": "2026-11-20T09:30", "answers": answers}


@pytest.mark.parametrize("name", JUMPS)
def test_order_and_scores_are_those_of_a_steady_clock(name, tell_story):
    steady, jumping = tell_story(STEADY), tell_story(JUMPS[name])

    with steady.merged(steady.files) as expected, jumping.merged(jumping.files[::-1]) as office:
        assert read_visit(office.db, jumping.visit).answers[1]["facts"] == "第2次"
        assert find_record(office.db, jumping.visit).contested == ()
        assert scores(office) == scores(expected)
        assert_sound(office)
    anna = jumping.world.anna
    own = [s.entry for s in load_stream(anna.db, read_text_setting(anna.db, STREAM_SETTING))]
    assert [entry.seq for entry in own] == list(range(1, len(own) + 1))
    assert [entry.hlc for entry in own] == sorted({entry.hlc for entry in own})


@pytest.mark.parametrize("name", JUMPS)
def test_the_digest_does_not_depend_on_the_order_of_arrival(name, tell_story):
    story = tell_story(JUMPS[name])
    first, second, third = story.files

    digests = set()
    for order in ((first, second, third), (third, second, first), (second, third, first, second)):
        with story.merged(order) as office:
            digests.add(state_digest(office))

    assert len(digests) == 1


def scores(office):
    assessment = score_units(office, 2026)
    return [visit.score.normalised for visit in assessment.visits], assessment.units


def test_088_a_clock_set_back_a_year_in_the_middle_changes_no_order_and_is_told(tell_story):
    story = tell_story(STEADY)
    anna, clock = story.world.anna, story.world.clock
    before = clock.now_ms
    clock.now_ms -= YEAR_MS
    note_jump(anna, jump_between(Reading(before, 0), Reading(clock.now_ms, 0)))
    story.world.record(anna, story.visit, **findings(3))
    story.files.append(story.world.results(anna))

    with story.merged(story.files[::-1]) as office:
        shown = read_visit(office.db, story.visit)
        (told,) = visit_times(office, shown).clocks
        assert shown.answers[1]["facts"] == "第3次"
        assert [notice.difference_ms for notice in told.notices] == [-YEAR_MS]
        assert scores(office)[0] != []
        assert_sound(office)


def test_089_forward_and_corrected_are_two_notices_with_what_lies_between(tell_story):
    story = tell_story((0,))
    anna, clock = story.world.anna, story.world.clock
    for years in (1, -1):
        before = clock.now_ms
        clock.now_ms += years * YEAR_MS
        note_jump(anna, jump_between(Reading(before, 0), Reading(clock.now_ms, 0)))
        story.world.record(anna, story.visit, **findings(2))

    (told,) = visit_times(anna, read_visit(anna.db, story.visit)).clocks
    there, back = told.notices
    assert (there.difference_ms, back.difference_ms) == (YEAR_MS, -YEAR_MS)
    assert there.new[:4] == back.old[:4] == "2027"


def test_091_another_start_of_the_program_measures_from_its_own_beginning(tell_story):
    story = tell_story((0,))
    world = story.world
    folder = world.anna.folder.name
    for hours in (9, 14):
        world.anna.close()
        world.clock.now_ms += hours * 3600 * 1000
        world.anna = world.opened(folder)
        world.record(world.anna, story.visit, **findings(2))

    assert visit_times(world.anna, read_visit(world.anna.db, story.visit)).clocks == ()
