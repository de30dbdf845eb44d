from dataclasses import replace

import pytest

from desktop.domain.draw import Place
from desktop.domain.draw_record import Redrawn, decode_draw, encode_draw, record_hash
from desktop.domain.lengths import LONGEST_NAME, TooLongError
from desktop.errors import UserError
from desktop.services.missions.change_mission import change_mission
from desktop.services.missions.draw_lots import draw_lots
from desktop.services.missions.draw_places import draw_places
from desktop.services.missions.draw_words import noted_text, outcome_text, witness_text
from desktop.services.missions.edit_mission import open_mission
from desktop.services.missions.issue_mission import issue_mission, issue_to_node
from desktop.services.missions.keep_form import NEW
from desktop.services.missions.mission_draws import check_draws, drawn_missions, mission_draws
from desktop.services.missions.save_mission import save_and_seal, save_mission
from desktop.services.missions.seal_mission import unseal_mission
from desktop.services.missions.withdraw_mission import withdraw_mission
from desktop.services.records.read_json import read_json_file
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.workspace.journal import birth, change, write_entries
from desktop.storage.entries import entry_event, load_stream
from desktop.storage.records import find_row, json_value
from desktop.storage.settings_table import read_text_setting
from tests.services.drawing import OTHER_WITNESS, PASSPHRASE, carried, covert_form, drawn, form_of, units
from tests.services.worlds import CHECKLIST, FAST, dump


def events(world, name):
    stream = load_stream(world.office.db, read_text_setting(world.office.db, "stream"))
    return [(entry_event(e), e.entry) for e in stream if entry_event(e).get("event") == name]


def put(world, value, mission_id):
    """What somebody with another program of the office could write."""
    with world.office.db.atomic():
        objects = {"leader": "", "route": "", "team": [], "visits": [], "draws": [value]}
        write_entries(world.office, [change(world.office, mission_id, "mission", {"objects": objects})])


def issued(world, *draws, **changes):
    saved = save_mission(world.office, NEW, form_of(*draws, **changes))
    return issue_mission(world.office, saved.id, dict.fromkeys(saved.visits, world.anna.node))


def test_a_draw_says_who_drew_what_from_whom_when_and_before_whom(world):
    record = drawn(world, 2, witness=f" {OTHER_WITNESS} ")

    assert (record.by, record.by_name) == (world.office.person.id, world.office.person.name)
    assert record.witness == OTHER_WITNESS
    assert record.at.startswith("2026-")
    assert {unit.name for unit in record.population} == {unit.full_name for unit in units(world)}
    assert len(record.result) == record.count == 2


def test_no_more_are_wanted_than_there_are(world):
    assert drawn(world, 100).count == len(units(world))


def test_two_draws_have_two_seeds(world):
    assert drawn(world).seed != drawn(world).seed


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_is_drawn_of_nothing(world, count):
    pool = units(world)[: 1 - count]

    with pytest.raises(UserError, match="没有可供抽取的单位"):
        draw_places(world.office, pool, count)


def test_nobody_is_the_witness_of_his_own_draw(world):
    before = dump(world.office)

    with pytest.raises(UserError, match="见证人"):
        drawn(world, witness=world.office.person.name)
    assert dump(world.office) == before


def test_the_name_of_a_witness_is_no_longer_than_any_name(world):
    with pytest.raises(TooLongError):
        drawn(world, witness="李" * (LONGEST_NAME + 1))
    assert drawn(world, witness="李" * LONGEST_NAME).witness == "李" * LONGEST_NAME


def test_the_log_notes_every_draw_at_once_and_tells_nobody_who_was_drawn(world):
    records = [drawn(world), drawn(world)]

    noted = events(world, "drawn")
    assert [event for event, _entry in noted] == [
        {"event": "drawn", "draw": record_hash(encode_draw(record))} for record in records
    ]
    assert {entry.record_id for _event, entry in noted} == {None}


def test_a_further_draw_is_noted_with_its_mission(world):
    saved = save_mission(world.office, NEW, form_of(drawn(world)))

    drawn(world, mission_id=saved.id)

    assert events(world, "drawn")[-1][1].record_id == saved.id


def test_a_draw_is_kept_with_its_mission_and_comes_out_again(world):
    record = drawn(world, 2, witness=OTHER_WITNESS)
    saved = save_mission(world.office, NEW, form_of(record))

    (kept,) = mission_draws(world.office, saved.id)
    checked = check_draws(world.office, saved.id)

    assert kept.record == record
    assert drawn_missions(world.office) == [saved.id]
    assert [each.outcome for each in checked.draws] == [Redrawn.SAME]
    assert checked.draws[0].noted_at
    assert (checked.draws[0].left_out, checked.by_hand) == (frozenset(), 0)
    assert open_mission(world.office, saved.id).form["draws"] == [encode_draw(record)]


def test_a_draw_is_signed_with_an_issued_mission_and_travels(world, tmp_path):
    record = drawn(world, 2)
    mission = issued(world, record)
    carried(world, tmp_path)

    assert decode_draw(entry_draws(world.anna, mission)[0]) == record
    for workspace in (world.office, world.anna):
        assert [draw.record for draw in mission_draws(workspace, mission)] == [record]
        assert check_draws(workspace, mission).draws[0].outcome is Redrawn.SAME
    assert check_draws(world.anna, mission).draws[0].noted_at == ""


def entry_draws(workspace, mission):
    return json_value(find_row(workspace.db, "mission", mission), "draws", [])


def test_a_mission_without_a_draw_says_nothing_of_draws(world):
    mission = issued(world, **{"objects": form_of(drawn(world))["objects"]})

    assert find_row(world.office.db, "mission", mission)["draws"] is None
    assert mission_draws(world.office, mission) == ()
    assert check_draws(world.office, mission).by_hand == 1
    assert mission not in drawn_missions(world.office)


def test_a_sealed_draw_is_as_secret_as_its_places(world, tmp_path):
    record = drawn(world, 2)
    mission = save_and_seal(world.office, NEW, covert_form(record), PASSPHRASE, FAST)
    issue_to_node(world.office, mission, world.anna.node)
    carried(world, tmp_path)

    for workspace in (world.office, world.anna):
        assert mission_draws(workspace, mission) == ()
        assert drawn_missions(workspace) == []
        assert record.seed not in str(dump(workspace))
        assert "draws" not in verify_workspace(workspace).checked
    unseal_mission(world.anna, mission, PASSPHRASE)
    assert [draw.record for draw in mission_draws(world.anna, mission)] == [record]
    assert check_draws(world.anna, mission).draws[0].outcome is Redrawn.SAME
    assert mission_draws(world.office, mission) == ()


def test_a_change_takes_no_draw_away(world):
    first, second = drawn(world), drawn(world)
    saved = save_mission(world.office, NEW, form_of(first))

    save_mission(world.office, saved.id, form_of(first, second))
    save_mission(world.office, saved.id, form_of(second))
    file = read_json_file(
        world.json_file(
            {"title": "改", "mode": "明查", "objects": [{"unit": "澄湖区", "checklist": CHECKLIST}]}
        ),
        "mission",
    )
    change_mission(world.office, saved.id, file)

    assert [draw.record for draw in mission_draws(world.office, saved.id)] == [first, second]


def test_a_mission_file_cannot_claim_a_draw(world):
    plan = {"title": "改", "mode": "明查", "objects": [{"unit": "澄湖区", "checklist": CHECKLIST}]}

    with pytest.raises(UserError):
        read_json_file(world.json_file(plan | {"draws": [encode_draw(drawn(world))]}), "mission")


def test_a_form_that_was_kept_before_there_were_draws_is_saved(world):
    form = form_of(drawn(world))
    del form["draws"]

    assert mission_draws(world.office, save_mission(world.office, NEW, form).id) == ()


def test_places_left_out_and_places_chosen_by_hand_are_told(world):
    record = drawn(world, 2)
    form = form_of(record)
    by_hand = {**form["objects"][0], "site": ""}
    saved = save_mission(world.office, NEW, {**form, "objects": [by_hand, *form["objects"][2:]]})

    checked = check_draws(world.office, saved.id)

    assert record.result[1] in checked.draws[0].left_out
    assert checked.by_hand == (Place(by_hand["unit"], "") not in record.result)


def test_a_withdrawn_draft_leaves_what_the_log_noted(world):
    saved = save_mission(world.office, NEW, form_of(drawn(world)))
    withdraw_mission(world.office, saved.id, "改期")

    assert mission_draws(world.office, saved.id) == ()
    assert len(events(world, "drawn")) == 1


def test_verifying_draws_again(world):
    issued(world, drawn(world, 2))

    verification = verify_workspace(world.office)

    assert verification.is_sound
    assert verification.checked["draws"] == 1


@pytest.mark.parametrize(
    ("changes", "word", "outcome"),
    [
        ({"result": []}, "CORRUPT", Redrawn.OTHER_RESULT),
        ({"population_sha256": "0" * 64}, "CORRUPT", Redrawn.OTHER_POPULATION),
        ({"algorithm": "mingcha-draw-2"}, "UNVERIFIABLE", Redrawn.UNKNOWN),
        ({"result": 7}, "UNVERIFIABLE", Redrawn.UNKNOWN),
        ({"by_name": OTHER_WITNESS}, "CORRUPT", Redrawn.OWN_WITNESS),
    ],
)
def test_a_draw_that_does_not_come_out_again_is_found(world, changes, word, outcome):
    record = encode_draw(drawn(world, witness=OTHER_WITNESS))
    mission = issued(world, decode_draw(record))
    put(world, record | changes, mission)

    verification = verify_workspace(world.office)

    assert [(f.word, f.meaning) for f in verification.findings] == [(word, outcome_text(outcome))]
    assert mission in verification.findings[0].place
    assert [each.outcome for each in check_draws(world.office, mission).draws] == [outcome]


def test_a_draw_that_the_log_never_noted_is_found(world):
    """Whoever makes up a record afterwards can make it fit its seed, but not the log."""
    record = encode_draw(drawn(world))
    mission = issued(world, decode_draw(record))
    put(world, record | {"at": "2026-11-01T08:00:00+08:00"}, mission)

    assert [f.word for f in verify_workspace(world.office).findings] == ["UNVERIFIABLE"]
    assert check_draws(world.office, mission).draws[0].noted_at == ""


def test_draws_of_another_office_need_no_note_in_this_log(world, tmp_path):
    mission = issued(world, drawn(world))
    carried(world, tmp_path)

    verification = verify_workspace(world.anna)

    assert verification.checked["draws"] == 1
    assert [finding for finding in verification.findings if mission in finding.place] == []


def test_what_is_no_list_of_draws_is_passed_over(world):
    mission_id = world.office.new_id()
    with world.office.db.atomic():
        parts = {
            "header": {"title": "别的程序", "mode": "明查"},
            "objects": {"draws": {"a": 1}, "visits": [7]},
        }
        write_entries(world.office, [birth(world.office, mission_id, "mission", parts)])

    assert mission_draws(world.office, mission_id) == ()
    assert check_draws(world.office, mission_id).by_hand == 0


def test_the_words_of_a_draw(world):
    saved = save_mission(world.office, NEW, form_of(drawn(world)))
    (checked,) = check_draws(world.office, saved.id).draws

    assert len({outcome_text(outcome) for outcome in Redrawn}) == len(Redrawn)
    assert checked.noted_at[:16].replace("T", " ") in noted_text(checked)
    assert witness_text("") == "无见证人"
    assert witness_text(OTHER_WITNESS) == OTHER_WITNESS


def test_of_an_unknown_way_of_drawing_there_are_no_tickets(world):
    record = replace(drawn(world), algorithm="mingcha-draw-2")

    assert {lot.ticket for lot in draw_lots(record)} == {""}
