from io import BytesIO

import pytest

from desktop.domain.draw_record import Redrawn
from desktop.errors import UserError
from desktop.services.missions.draw_words import outcome_text
from desktop.services.missions.issue_mission import issue_to_node
from desktop.services.missions.keep_form import NEW
from desktop.services.missions.save_mission import save_and_seal, save_mission
from desktop.services.missions.seal_mission import unseal_mission
from desktop.services.printing.draw_form import draw_forms
from desktop.services.printing.print_form import print_form
from desktop.services.printing.printable_records import find_printable
from tests.services.drawing import OTHER_WITNESS, PASSPHRASE, carried, covert_form, drawn, form_of
from tests.services.worlds import FAST


def test_the_record_of_a_draw_is_printed_from_the_draft_on(world):
    record = drawn(world, 2, witness=OTHER_WITNESS)
    saved = save_mission(world.office, NEW, form_of(record, no="YZDC-2026-017"))

    (form,) = draw_forms(world.office, saved.id)

    assert (form.mission, form.number, form.witness) == ("双随机抽查", "YZDC-2026-017", OTHER_WITNESS)
    assert (form.seed, form.outcome) == (record.seed, outcome_text(Redrawn.SAME))
    assert [(lot.number, lot.unit_id) for lot in form.lots] == [
        (number, place.unit) for number, place in enumerate(record.result, start=1)
    ]
    assert [place.is_visited for place in form.places] == [True, True]
    assert form.lots[0].ticket < form.lots[1].ticket
    assert print_form(world.office, "F14", [], BytesIO()).pages == 1
    assert [row.id for row in find_printable(world.office, "F14").rows] == [saved.id]
    assert find_printable(world.office, "F14", "no such mission").rows == ()


def test_a_sealed_draw_is_not_printed_before_it_is_opened(world, tmp_path):
    mission = save_and_seal(world.office, NEW, covert_form(drawn(world)), PASSPHRASE, FAST)
    issue_to_node(world.office, mission, world.anna.node)
    carried(world, tmp_path)

    for workspace in (world.office, world.anna):
        assert find_printable(workspace, "F14").rows == ()
        with pytest.raises(UserError, match="没有该任务的抽取记录"):
            print_form(workspace, "F14", [mission], BytesIO())
        with pytest.raises(UserError, match="没有可供打印"):
            print_form(workspace, "F14", [], BytesIO())
    unseal_mission(world.anna, mission, PASSPHRASE)
    assert draw_forms(world.anna, mission)[0].mission == "双随机抽查"


def test_several_draws_are_several_forms_and_one_of_a_later_version_is_left_out(world):
    first, second = drawn(world), drawn(world)
    saved = save_mission(world.office, NEW, form_of(first, second))
    save_mission(world.office, saved.id, form_of(first, draws=[{"algorithm": "later"}]))

    forms = draw_forms(world.office, saved.id)

    assert [(form.draw_number, form.draws) for form in forms] == [(1, 3), (2, 3)]
