"""The whole loop through the window: an office and two laptops, every key and click a real one, in Chinese."""

import os
import subprocess
import sys

import pytest

from tests.media.picture_samples import jpeg
from tests.office.window.hand import ROOT, User, missing_tools, screen

LAPTOP_FOLDER = "外业库"
OFFICE = "云泽市人民政府督查室"
UNIT = "澄湖区人民政府"
SITE = "澄湖区政务服务大厅"
MISSION = "民生实事一季度明查"
ITEMS = 11
PASSPHRASE = "督查口令 2026 安全"

pytestmark = [
    pytest.mark.skipif(
        "MINGCHA_WINDOW_LOOP" not in os.environ, reason="not run: takes four minutes; “make loop” runs it"
    ),
    pytest.mark.skipif(bool(missing_tools()), reason=f"not run: needs {', '.join(missing_tools())}"),
]


@pytest.fixture
def desk(tmp_path):
    """A screen, a stick and one user for each computer."""
    with screen() as env:
        yield Desk(env, tmp_path)


class Desk:
    def __init__(self, env, folder):
        self.env, self.folder = env, folder
        self.stick = folder / "stick"
        self.stick.mkdir()

    def at(self, computer):
        return User(self.env, self.folder / f"home-{computer}", self.folder / "pictures" / computer)


def found_office(user, desk):
    user.click("新建中心", "QPushButton", is_exact=False)
    user.fill("中心名称", OFFICE)
    user.fill("使用人姓名", "陈静")
    user.fill("新文件夹", str(desk.folder / "office"))
    user.fill("恢复密钥单", str(desk.folder / "recovery.pdf"))
    user.fill("口令", PASSPHRASE)
    user.fill("再次输入", PASSPHRASE)
    user.click("新建", "QPushButton")
    user.see("总览", "OverviewPage")


def enter_master_data(user):
    user.click("设置", "QToolButton")
    user.click("单位", "QTabBar")
    for number, name, short, kind in (("1", OFFICE, "督查室", "市直部门"), ("10", UNIT, "澄湖区", "县区")):
        user.click("新增单位", "QPushButton")
        user.fill("行政序列号 *", number)
        user.fill("单位名称 *", name)
        user.fill("简称", short)
        user.pick("类型 *", kind)
        user.click("保存", "QPushButton")
        user.see(name, "RowsView")
    user.click("人员任职", "QTabBar")
    for name in ("韩立新", "孙晓红"):
        user.click("新增人员", "QPushButton")
        user.fill("姓名 *", name)
        user.fill("单位 *", OFFICE)
        user.click("保存", "QPushButton")
        user.see(name, "RowsView")
    user.click("点位", "QTabBar")
    user.click("新增点位", "QPushButton")
    user.fill("点位名称 *", SITE)
    user.fill("所属单位 *", UNIT)
    user.click("保存", "QPushButton")
    user.see(SITE, "RowsView")


def unlock(user, name, passphrase=PASSPHRASE):
    user.click(f"打开{name}", "QPushButton")
    user.fill("口令", passphrase)
    user.press("Return")


def write_own_card(user, desk, name):
    user.click("设置", "QToolButton")
    user.click("设备节点" if name == "office" else "本机名片", "QTabBar")
    user.click("导出本机名片…" if name == "office" else "导出名片…", "QPushButton")
    user.choose_path(desk.stick / f"{name}.json")
    user.wait_for((desk.stick / f"{name}.json").is_file, "the card on the stick")


def join_as_laptop(user, desk, name, person):
    user.click("加入为外业节点", "QPushButton", is_exact=False)
    user.fill("本机名称", name)
    user.fill("使用人姓名", person)
    user.fill("新文件夹", str(user.home / LAPTOP_FOLDER))
    user.fill("中心设备名片", str(desk.stick / "office.json"))
    user.fill("口令", PASSPHRASE)
    user.fill("再次输入", PASSPHRASE)
    user.click("加入", "QPushButton")
    user.see("今日任务", "TodayPage")
    write_own_card(user, desk, name)


def enroll(user, desk, name):
    user.click("设置", "QToolButton")
    user.click("设备节点", "QTabBar")
    user.click("选择名片…", "QPushButton")
    user.choose_path(desk.stick / f"{name}.json")
    user.click("八组数字已逐组核对，完全一致", "QCheckBox")
    user.click("登记", "QPushButton")
    user.see(name, "RowsView")


def plan_a_mission(user):
    """One unit and one site, looked at by both laptops."""
    user.click("督查任务", "QToolButton")
    user.click("新建任务", "QPushButton")
    user.fill("名称", MISSION)
    user.fill("开始日期", "2026-11-21")
    user.click("澄湖区", "QListView")
    user.press("space")
    user.scroll_to("承担设备", "基本情况", "QComboBox")
    user.pick("点位", SITE)
    user.pick("检查表", "民生实事", is_exact=False)
    user.pick("承担设备", "外业一组")
    user.click("该单位再加一项", "QPushButton")
    user.see("2 项检查")
    user.pick("检查表", "民生实事", is_exact=False)
    user.pick("承担设备", "外业二组")
    user.see("1 个单位，2 项检查，2 台设备")
    user.scroll_to("督查组长", "检查表", "QComboBox")
    user.fill("督查组长", "韩立新", "QComboBox")
    user.click("下达", "QPushButton")
    user.see("督查任务已下达。")


def issue_packages(user, desk):
    user.click("生成任务包…", "QPushButton")
    user.choose_path(desk.stick)
    user.see("已生成 2 个任务包，并回读核对无误。")


def take_packages_in(user, desk):
    """A laptop is given everything on the stick; what is meant for the other one stays closed to it."""
    user.click("读入数据包", "QTabBar")
    user.click("选择数据包…", "QPushButton")
    user.choose_all(desk.stick, "*.mcp")
    user.click("合并", "QPushButton")
    user.see("已合并")


def record_a_visit(user, deducts, fact, photo):
    user.click("督查任务", "QTabBar")
    user.click("开始检查", "QPushButton")
    user.see("1. 点位真实性")
    for _item in range(ITEMS):
        user.press("space")
    user.click("1. ★ 点位真实性", "ItemsView")
    user.press(*deducts)
    user.fill("事实描述", fact, "QPlainTextEdit")
    user.press("Escape")
    user.click("添加…", "QPushButton")
    user.click("文件…", "QMenu")
    user.choose_path(photo)
    user.see(photo.name, "EvidenceStrip")
    user.click("完成并签发…", "QPushButton")
    user.fill("检查结论", "总体真实，点位信息需更正", "QPlainTextEdit")
    user.click("提交并签发（Ctrl+回车）", "QPushButton")
    user.see("已签发")


def hand_over(user, desk):
    user.click("导出", "QToolButton")
    user.click("其他文件夹…", "QPushButton")
    user.choose_path(desk.stick)
    user.click("导出成果包…", "QPushButton")
    user.see("已导出并回读核对无误")


def merge_everything(user, desk):
    user.click("收包合并", "QToolButton")
    user.click("选择数据包…", "QPushButton")
    user.choose_all(desk.stick, "*.mcp")
    user.click("合并", "QPushButton")
    user.see("已合并 2 个数据包")


def write_receipts(user, desk):
    user.click("回执（待写2）", "QTabBar")
    user.click("写回执…", "QPushButton")
    user.choose_path(desk.stick)
    user.wait_for(lambda: len(list(desk.stick.glob("*.mcp"))) == 2, "two receipts on the stick")


def look_at_results_and_print(user, desk):
    user.click("检查结果", "QToolButton")
    user.see("96.00", "RowsView")
    user.see("100.00", "RowsView")
    user.picture("results")
    user.click("打印", "QToolButton")
    user.see("共 2 页")
    user.picture("print")
    user.click("另存为 PDF…", "QPushButton")
    user.choose_path(desk.folder / "F01.pdf")
    user.wait_for((desk.folder / "F01.pdf").is_file, "the printed form")


def clear_stick(desk):
    for file in desk.stick.glob("*.mcp"):
        file.unlink()


def test_the_loop_from_an_empty_office_to_paper(desk):
    office, anna, bert = (desk.at(name) for name in ("office", "laptop-1", "laptop-2"))
    laptops = ((anna, "外业一组", "韩立新"), (bert, "外业二组", "孙晓红"))
    with office.program_running():
        found_office(office, desk)
        enter_master_data(office)
        write_own_card(office, desk, "office")
    for laptop, name, person in laptops:
        with laptop.program_running():
            join_as_laptop(laptop, desk, name, person)
    with office.program_running():
        unlock(office, OFFICE)
        for _laptop, name, _person in laptops:
            enroll(office, desk, name)
        plan_a_mission(office)
        issue_packages(office, desk)

    photo = desk.folder / "现场照片.jpg"
    photo.write_bytes(jpeg())
    for (laptop, _name, _person), deducts in zip(laptops, (("1",), ("0",)), strict=True):
        with laptop.program_running():
            unlock(laptop, LAPTOP_FOLDER)
            take_packages_in(laptop, desk)
            record_a_visit(laptop, deducts, "门牌号与清单不一致", photo)
    clear_stick(desk)
    for laptop, _name, _person in laptops:
        with laptop.program_running():
            unlock(laptop, LAPTOP_FOLDER)
            hand_over(laptop, desk)
    with office.program_running():
        unlock(office, OFFICE)
        merge_everything(office, desk)
        clear_stick(desk)
        write_receipts(office, desk)
        look_at_results_and_print(office, desk)
    with anna.program_running():
        unlock(anna, LAPTOP_FOLDER)
        take_packages_in(anna, desk)
        anna.click("导出", "QToolButton")
        anna.see("中心已签收", "RowsView")

    assert (desk.folder / "F01.pdf").read_bytes().startswith(b"%PDF")
    assert verify(desk.folder / "office") == 0


def verify(workspace):
    env = os.environ | {"MINGCHA_PASSPHRASE": PASSPHRASE}
    return subprocess.run(
        [sys.executable, "-m", "desktop", "verify", workspace], env=env, cwd=ROOT
    ).returncode
