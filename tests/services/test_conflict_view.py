import pytest

from desktop.errors import UserError
from desktop.services.packages.conflict_view import FieldKind, FieldPair, conflict_views, typed_values
from desktop.services.packages.resolve_conflict import list_conflicts, resolve_conflict
from desktop.services.packages.undo_import import undo_import
from desktop.services.records.visit_values import read_visit


def pair_of(view, key):
    return next(pair for pair in view.fields if pair.key == key)


def view_of(world, part="answer/1"):
    number = next(n for n, each in enumerate(list_conflicts(world.office)) if each.part == part)
    return conflict_views(world.office)[number]


@pytest.fixture
def disputed(world):
    """Anna's answer has gone to bert, who changes it; anna changes it too, and both come to the office."""
    third = world.visits[2]
    world.file("a.txt", b"photo bytes")
    first = {"item": 1, "deduct": "1", "facts": "门口堵塞"}
    world.record(world.anna, third, answers=[first], evidence=[{"path": "a.txt", "item": 1}])
    world.bring(world.anna)
    world.merge(world.bert, world.mission_package(world.bert))
    for node, deduct, facts in ((world.anna, "2", "甲说"), (world.bert, "4", "乙说")):
        world.clock.go_on()
        world.record(node, third, answers=[{"item": 1, "deduct": deduct, "facts": facts}])
        world.bring(node)
    return third


def test_what_stood_there_before_is_shown_with_who_wrote_it(world, disputed):
    view = view_of(world)

    facts = pair_of(view, "facts")
    assert (facts.base, facts.left, facts.right) == ("门口堵塞", "甲说", "乙说")
    assert pair_of(view, "deduct_e4").base == "1"
    assert view.base.node == "外业欧阳㛃"


def test_where_nothing_stood_there_before_there_is_no_base(world):
    for node, deduct in ((world.anna, "1"), (world.bert, "2")):
        world.record(node, world.visits[2], answers=[{"item": 1, "deduct": deduct}])
        world.bring(node)

    view = view_of(world)
    assert view.base is None
    assert pair_of(view, "deduct_e4").base == "—"


def test_what_was_undone_is_no_base(world, disputed):
    first = next(
        row for row in world.office.db.query("SELECT * FROM package WHERE direction = 'in' ORDER BY at_ms")
    )
    undo_import(world.office, first["manifest_sha256"], "误合并")

    assert view_of(world).base is None


def test_the_evidence_of_the_item_is_shown(world, disputed):
    (evidence,) = view_of(world).evidence

    assert (evidence.name, evidence.item, evidence.is_here) == ("a.txt", "1", True)


def test_typed_values_replace_those_of_the_side_taken(world, disputed):
    view = view_of(world)
    typed = typed_values(
        {
            pair_of(view, "deduct_e4"): " 2.5 ",
            pair_of(view, "facts"): "两人共同核对：= 门口“堵塞”",
            pair_of(view, "is_veto_hit"): "是",
        }
    )

    resolve_conflict(world.office, view.id, ["right"], "共同核对", typed)

    row = read_visit(world.office.db, disputed).answers[1]
    assert (row["deduct_e4"], row["facts"], row["is_veto_hit"]) == (25000, "两人共同核对：= 门口“堵塞”", 1)
    assert list_conflicts(world.office) == []


@pytest.mark.parametrize("text", ["many", "1.00001", "", "NaN", "1e999999999"])
def test_points_that_are_none_are_refused(text):
    pair = FieldPair("扣分", "1", "2", True, key="deduct_e4", kind=FieldKind.POINTS)

    with pytest.raises(UserError):
        typed_values({pair: text})


@pytest.mark.parametrize(("key", "most"), [("facts", 5000), ("leader", 120)])
def test_a_typed_value_is_no_longer_than_its_field(key, most):
    pair = FieldPair("字段", "甲", "乙", True, key=key, kind=FieldKind.TEXT)

    assert typed_values({pair: "长" * most}) == {key: "长" * most}
    with pytest.raises(UserError, match=f"最多 {most} 个字"):
        typed_values({pair: "长" * (most + 1)})


def test_only_yes_and_no_are_typed_where_nothing_else_is_meant():
    pair = FieldPair("适用", "是", "否", True, key="is_applicable", kind=FieldKind.YES_NO)

    assert typed_values({pair: "否"}) == {"is_applicable": False}
    with pytest.raises(UserError):
        typed_values({pair: "也许"})


def test_ids_times_and_lists_are_not_typed(world, disputed):
    kinds = {pair.key: pair.kind for pair in view_of(world).fields}

    assert kinds["evidence_ids"] is FieldKind.FIXED
    assert kinds["facts"] is FieldKind.TEXT


def test_figures_stand_under_the_names_the_rule_gives_them(world):
    for node, cases in ((world.anna, 1), (world.bert, 2)):
        world.record(node, world.visits[2], answers=[{"item": 2, "inputs": {"cases": cases}}])
        world.bring(node)

    figures = pair_of(view_of(world, "answer/2"), "inputs")

    assert (figures.left, figures.right) == ("违反工作纪律：1", "违反工作纪律：2")
