import pytest

from desktop.domain.likeness import are_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("西关路口工地", "西关路口 工地"),
        ("西关路口工地", "西关路口工地（二期）"),
        ("政务服务大厅", "政务服务大斤"),
        ("ＡＢ小区", "ab小区"),
        ("甲", "甲"),
    ],
)
def test_names_that_may_mean_one_thing_are_alike(one, other):
    assert are_alike(one, other)
    assert are_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("西关路口工地", "东门派出所"), ("甲", "甲乙"), ("", "甲"), ("", ""), ("（）", "甲乙")]
)
def test_others_are_not(one, other):
    assert not are_alike(one, other)
