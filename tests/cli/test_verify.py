"""``mingcha verify``: exit status 0 only if something was checked and all of it is sound."""

import pytest

from tests.cli.city import refusal, usage_error


@pytest.fixture
def package(mingcha, city):
    city.file("a.txt", b"evidence")
    mingcha.record(city, city.anna, city.visits[0], evidence=[{"path": "a.txt"}])
    return mingcha.export(city, city.anna)


def test_a_sound_workspace(mingcha, city, package):
    answer = mingcha("verify", city.anna)

    assert (answer.status, answer.err) == (0, "")
    assert answer.out.splitlines()[-1] == "OK"
    assert mingcha.json("verify", city.anna)["checked"]["objects"] == 1


def test_a_damaged_object_is_found(mingcha, city, package):
    (stored,) = [path for path in (city.anna / "objects").rglob("*") if path.is_file()]
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")

    answer = mingcha("verify", city.anna)

    assert answer.out.splitlines()[-1].startswith("CORRUPT")
    assert refusal(answer) == "发现 1 处异常，校验未通过。请保持工作库原状，从备份恢复上列内容。"


def test_a_program_gets_the_findings(mingcha, city, package):
    (stored,) = [path for path in (city.anna / "objects").rglob("*") if path.is_file()]
    stored.unlink()

    answer = mingcha("verify", city.anna, "--json")

    assert answer.status == 1
    assert ([each["word"] for each in answer.value["findings"]], answer.value["is_sound"]) == (
        ["MISSING"],
        False,
    )


def test_a_sound_package(mingcha, city, package):
    answer = mingcha("verify", package, "--workspace", city.office)

    assert answer.status == 0
    assert answer.out.endswith("\nOK\n")


def test_a_package_with_one_flipped_bit(mingcha, city, package):
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(bytes(data))

    answer = mingcha("verify", package, "--workspace", city.office)

    assert refusal(answer) == "发现 1 处异常，校验未通过。"
    assert "数据包已损坏" in answer.out


def test_a_file_that_is_not_there_is_not_sound(mingcha, city):
    refusal(mingcha("verify", city.folder / "none.mcp", "--workspace", city.office))


def test_a_package_needs_a_workspace(mingcha, package):
    assert usage_error(mingcha("verify", package)).endswith("请用 --workspace 指定该工作库。")


def test_a_folder_that_is_no_workspace(mingcha, city):
    assert "不是本程序的工作库" in refusal(mingcha("verify", city.stick))
