import json
import re
from decimal import Decimal

import pytest

from desktop.errors import UserError
from desktop.i18n import use_language
from desktop.services.records.read_json import MAX_FILE_BYTES, read_json_file


@pytest.fixture
def refused(tmp_path):
    def refuse(content, schema="visit"):
        path = tmp_path / "visit.json"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(UserError) as caught:
            read_json_file(path, schema)
        assert path.name in caught.value.problem
        return caught.value.problem

    return refuse


def test_numbers_with_a_point_stay_what_was_written(tmp_path):
    path = tmp_path / "visit.json"
    path.write_text('{"answers": [{"item": 1, "deduct": 0.1}]}')

    file = read_json_file(path, "visit")

    assert file.path == path
    assert file.value["answers"][0]["deduct"] == Decimal("0.1")


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "visit.json"
    path.write_bytes(b'\xef\xbb\xbf{"leader": "x"}')

    assert read_json_file(path, "visit").value == {"leader": "x"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"mode": "突击"}', "mode: 须为下列之一：明查, 暗访"),
        ('{"no_such": 1, "other": 2}', r"\$: 无此字段：no_such, other"),
        ('{"answers": [{"deduct": 1}]}', r"answers\[0\]: 缺少 item"),
        ('{"answers": 5}', "answers: 类型须为 array"),
        ('{"observations": [{"at": "", "fact": "x"}]}', r"observations\[0\].at: 不得为空"),
        ('{"started_at": "gestern"}', "started_at: 书写格式不符合要求"),
        ('{"answers": [{"item": 0}]}', r"answers\[0\].item: 取值不符合要求（minimum 1）"),
        ("[]", r"\$: 类型须为 object"),
    ],
)
def test_what_the_schema_forbids_is_named_with_its_place(refused, content, says):
    assert re.search(says, refused(content))


def test_every_fault_is_named_up_to_eight(refused):
    problem = refused(json.dumps({"answers": [{"item": 0}] * 20}))

    assert problem.count("answers[") == 8


def test_a_mission_without_objects_is_refused(refused):
    assert "objects: 不得为空" in refused('{"title": "x", "mode": "明查", "objects": []}', "mission")


@pytest.mark.parametrize("content", ["{", '{"a": NaN}', "", "[" * 100_000])
def test_what_is_no_json_is_refused(refused, content):
    assert "不是 JSON" in refused(content)


def test_another_encoding_is_named(refused):
    assert "UTF-8" in refused('{"leader": "张三"}'.encode("gbk"))


def test_a_file_that_is_far_too_large_is_not_read(tmp_path):
    path = tmp_path / "visit.json"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)

    with pytest.raises(UserError, match="过大"):
        read_json_file(path, "visit")


def test_a_missing_file_is_named(tmp_path):
    use_language("en")

    with pytest.raises(UserError, match=r"nowhere\.json cannot be read"):
        read_json_file(tmp_path / "nowhere.json", "visit")


def test_the_place_where_a_file_is_no_json_is_named_in_the_language_in_use(refused):
    assert "第 2 行第 7 列" in refused('{"mode":\n "明查" "x"}')
    assert "嵌套过深" in refused("[" * 100_000)
    for number in ("NaN", "9" * 5000):
        assert "有的数值无法使用" in refused(f'{{"a": {number}}}')


def test_the_system_does_not_speak_its_own_language(tmp_path):
    with pytest.raises(UserError, match="无法读取：该文件或文件夹不存在。"):
        read_json_file(tmp_path / "nowhere.json", "visit")
