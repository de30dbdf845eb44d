"""Facts of a visit typed in pinyin, with the input method that a Chinese desktop has."""

import time

import pytest

from tests.office.keystroke_visit import Inspector, laptop_with_a_mission
from tests.office.window.hand import User, missing_tools, screen
from tests.office.window.input_method import IS_COMPOSING, missing_input_method, pinyin, state

MISSING = (*missing_tools(), *missing_input_method())

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not run: needs {', '.join(MISSING)}")

FIRST, OTHER = "1. 按时开门、窗口在岗", "5. 一次性告知"
FACTS = "事实描述"


class PinyinInspector(Inspector):
    def facts_shown(self):
        return next(w["text"] for w in self.user.look() if w["name"] == FACTS and "FactsField" in w["kinds"])

    def see_facts(self, text):
        self.user.wait_for(lambda: self.facts_shown() == text, f"the facts “{text}”")

    def compose(self, letters):
        """Type, and give the input method the time to hear of it, which nothing tells."""
        self.user.write(letters)
        time.sleep(0.6)

    def go_to_facts(self, item):
        self.user.click(item)
        self.user.press("Return")
        self.user.wait_for(lambda: self.user._focused(FACTS, "FactsField"), "the cursor in the facts")


@pytest.fixture
def inspector(tmp_path):
    """At the list of items, with pinyin switched on from the first key."""
    laptop = laptop_with_a_mission(tmp_path / "laptop")
    home = tmp_path / "inspector"
    with screen() as env, pinyin(env, home) as env:
        user = User(env, home, tmp_path / "pictures")
        with user.program_running(laptop.folder):
            inspector = PinyinInspector(user, laptop)
            inspector.open_visit()
            inspector.go_to_facts(FIRST)
            user.press("ctrl+space")
            user.wait_for(lambda: state(env) == IS_COMPOSING, "pinyin switched on")
            inspector.press("Escape")
            yield inspector


def test_a_visit_is_recorded_in_pinyin(inspector):
    inspector.press("1")
    inspector.photograph()
    inspector.user.see("已存入 1 件")

    inspector.go_to_facts(FIRST)
    inspector.compose("chuangkou")
    inspector.press("space")
    inspector.see_facts("窗口")

    # Clicked away before a candidate was chosen: nothing lost, nothing in the other item.
    inspector.compose("konggang")
    inspector.user.click(OTHER)
    inspector.user.press("Return")
    inspector.see_facts("")
    inspector.press("Escape")
    inspector.go_to_facts(FIRST)
    inspector.see_facts("窗口kong gang")

    # Enter leaves the letters as they are: so the code of a phrase is typed without switching.
    inspector.press("Escape")
    inspector.go_to_facts(OTHER)
    inspector.compose("kg")
    inspector.press("Return")
    inspector.see_facts("kg")
    inspector.press("Tab")
    inspector.see_facts("　号窗口空岗约　分钟，未摆放离岗告知牌。")
    inspector.compose("san")
    inspector.press("space")
    inspector.see_facts("三号窗口空岗约　分钟，未摆放离岗告知牌。")
    inspector.press("Escape")
