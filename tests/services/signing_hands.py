"""Hands that sign in tests."""

from dataclasses import replace
from decimal import Decimal

from desktop.domain.answer import Answer
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.finish_visit import submit_visit
from desktop.services.visits.sign_by_hand import Handwriting, sign_by_hand
from desktop.services.visits.signing_sheet import signing_sheet

NAME = (((100, 800, 0, 500), (900, 700, 120, 700)), ((1200, 300, 300, 400), (1210, 1400, 500, 900)))
TEAM = ("王五", "李四")
LEADER_NAME, UNIT_REP = "欧阳㛃", "陈主任"


def submitted_visit(world, **head):
    """A visit of anna, led by herself, submitted and not yet signed; returns its id."""
    visit_id = world.visits[2]
    opened = open_visit(world.anna, visit_id)
    save_answer(world.anna, visit_id, Answer(1, deduct=Decimal(2), facts="窗口空岗"), opened.base_ctx)
    given = {"team": TEAM, "unit_rep": UNIT_REP, "unit_opinion": "属实", "conclusion": "有空岗"} | head
    submit_visit(world.anna, visit_id, replace(open_visit(world.anna, visit_id).head, **given))
    return visit_id


def sign(world, visit_id, role, name, shown=None, strokes=NAME):
    world.clock.go_on()
    text_sha256 = shown or signing_sheet(world.anna, visit_id).text_sha256
    return sign_by_hand(world.anna, visit_id, Handwriting(role, name, strokes), text_sha256)


def states(sheet):
    return {(line.role, line.name): line.state.value for line in sheet.lines}
