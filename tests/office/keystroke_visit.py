"""A covert visit of a hall on a laptop, recorded by the keyboard alone: fourteen items, six photos, a signature."""

import io
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from PIL import Image

from desktop.services.evidence.photo_folder import choose_photo_folder
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import seal_mission, unseal_mission
from tests.office.covert_words import LEADERS
from tests.office.window.hand import User
from tests.services.worlds import CHECKLIST, FAST, PASSPHRASE, Clock, found_world

MISSION = "政务大厅暗访"
LEADER = "韩立新"
# Only what keys have: any other character has to be put on a key for the moment, and may get lost on a busy machine.
CONCLUSION = "Z01-Z06"
NOT_APPLICABLE = 11
DEDUCTED = {1: 2, 2: 2, 6: 4, 8: 3, 12: 1}
FACTS = {
    1: "3号窗口空岗约15分钟，未摆放离岗告知牌。",
    2: "工作人员在岗期间聊天，群众在窗口等候。",
    6: "办事指南与现场要求不一致：网上列6，现场要求8。",
    8: "取号至叫号等候20分钟，号票已拍照。",
    12: "问题已当场指出，被检查单位立行立改，整改后已复拍。",
}
PHOTOS_OF = {1: 2, 2: 1, 6: 1, 8: 1, 12: 1}
SCORE = "87.50"
"""84 of the 96 points that apply."""
_PIXELS = (4000, 3000)
_LINES = (
    ((0.2, 0.3), (0.3, 0.7), (0.4, 0.3)),
    ((0.45, 0.3), (0.45, 0.7)),
    ((0.5, 0.5), (0.6, 0.4), (0.7, 0.6), (0.8, 0.4)),
)


@dataclass(frozen=True)
class Laptop:
    """``photos``: what the phone will have taken, in this order; ``phone``: the folder in which they appear."""

    folder: Path
    visit: str
    phone: Path
    photos: tuple[bytes, ...]


def laptop_with_a_mission(folder):
    """A laptop of a small world below ``folder``, closed; the clock is that of the computer."""
    phone = folder / "phone"
    phone.mkdir(parents=True)
    with found_world(folder / "world", Clock(time.time_ns() // 1_000_000 - 60_000)) as world:
        plan = world.plan(
            title=MISSION,
            mode="暗访",
            leader=LEADER,
            objects=[{"unit": "市政务大数据局", "checklist": CHECKLIST}],
        )
        seal_mission(world.office, plan.id, LEADERS, cost=FAST)
        assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
        world.merge(world.anna, world.mission_package(world.anna))
        unseal_mission(world.anna, plan.id, LEADERS)
        choose_photo_folder(world.anna, phone)
    photos = tuple(map(phone_photo, range(sum(PHOTOS_OF.values()))))
    return Laptop(folder / "world" / "anna", next(iter(plan.visits)), phone, photos)


def phone_photo(number):
    """Twelve million pixels and some megabytes, as a phone takes them."""
    small = Image.frombytes("RGB", (1000, 750), Random(number).randbytes(1000 * 750 * 3))
    target = io.BytesIO()
    small.resize(_PIXELS, Image.Resampling.BILINEAR).save(target, "JPEG", quality=85)
    return target.getvalue()


@dataclass(frozen=True)
class Recorded:
    """``presses``: keys and presses of the mouse besides the text; ``turns``: see ``tests.office.window.pulse``."""

    presses: int
    turns: tuple[tuple[str, float], ...]


def record_visit_by_hand(env, laptop, folder):
    """From the open page of the visit to the signature, on the screen of ``env``; pictures go to ``folder``."""
    user = User(env, folder / "home", folder / "pictures")
    with user.program_running(laptop.folder):
        inspector = Inspector(user, laptop)
        inspector.open_visit()
        before = user.presses
        user.ask("turns")
        inspector.record()
        user.picture("recorded")
        inspector.submit()
        inspector.sign()
        user.wait_for(lambda: user.places("已签发，仅可更正。"), "the visit signed off")
        user.picture("signed")
        turns = tuple((told, seconds) for told, seconds in user.ask("turns"))
        return Recorded(user.presses - before, turns)


class Inspector:
    """Sits at the laptop as ``user``, presses a key as soon as the program has done what the one before asked for."""

    def __init__(self, user, laptop):
        self.user, self.laptop = user, laptop
        self.photos = iter(laptop.photos)
        self.taken = 0

    def open_visit(self):
        self.user.fill("口令", PASSPHRASE)
        self.user.press("Return")
        self.user.click(MISSION, is_exact=False)
        self.user.click("开始检查", "QPushButton")
        self.user.see("1. 按时开门")
        self.user.wait_quiet()

    def press(self, *keys):
        self.user.press(*keys)
        self.user.wait_quiet()

    def write(self, text):
        self.user.write(text)
        self.user.wait_quiet()

    def photograph(self):
        """The phone takes a picture, and one key attaches it."""
        self.taken += 1
        (self.laptop.phone / f"IMG_{self.taken:04}.jpg").write_bytes(next(self.photos))
        self.press("e")

    def facts(self, code, *blanks):
        """Into the facts, where a phrase comes by its code, and back to the list."""
        self.press("Return")
        self.write(code)
        self.press("Tab")
        for number, blank in enumerate(blanks):
            if number:
                self.press("Tab")
            self.write(blank)
        self.press("Escape", "Down")

    def record(self):
        self.press("1")
        self.photograph()
        self.photograph()
        self.facts("kg", "3", "15")
        self.press("1")
        self.photograph()
        self.facts("lt")
        self.press("space", "space", "space", "1", "1")
        self.photograph()
        self.facts("bzn", "6", "8")
        self.press("space", "m")
        self.write("20")
        self.press("Escape")
        self.photograph()
        self.facts("dh", "20")
        self.press("space", "space", "n", "Down", "1", "l")
        self.photograph()
        self.facts("llg")
        self.press("space", "space")

    def submit(self):
        self.press("ctrl+Return")
        self.write(CONCLUSION)
        # Past leader, team, opinion, reason of a refusal, witness and the button that cancels.
        self.press(*["Tab"] * 7, "space")

    def sign(self):
        """The leader takes the pen: that freezes the visit."""
        self.press("g")
        self.user.click("督查组长")
        self.user.draw("签名板，可用笔、手指或鼠标书写", _LINES)
        self.press("ctrl+Return", "Escape")
