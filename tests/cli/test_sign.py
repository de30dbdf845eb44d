"""``mingcha sign``: 组长签发."""

from tests.cli.city import refusal


def test_a_visit_is_signed_once(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0], leader="韩立新")

    signed = mingcha.json("sign", city.anna, city.visits[0], "--signer", "韩立新")

    assert signed["visit"] == city.visits[0]
    assert len(signed["text_sha256"]) == 64
    assert "已签发" in refusal(mingcha("sign", city.anna, city.visits[0]))


def test_a_signed_visit_is_not_recorded_again(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0])
    assert mingcha("sign", city.anna, city.visits[0]).out.startswith(
        f"现场检查 {city.visits[0]} 已签发，覆盖内容"
    )

    assert "已由组长签发" in refusal(mingcha("record", city.anna, city.visit_file(city.visits[0])))


def test_the_signer_must_be_known(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0], leader="韩立新")

    assert "“某某”" in refusal(mingcha("sign", city.anna, city.visits[0], "--signer", "某某"))
    assert mingcha("sign", city.anna, city.visits[0], "--signer", "欧阳㛃").status == 0


def test_there_must_be_something_to_sign(mingcha, city):
    assert "尚无检查内容" in refusal(mingcha("sign", city.anna, city.visits[0]))


def test_what_is_missing_is_said_when_it_is_signed(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0], started_at="")

    out = mingcha("sign", city.anna, city.visits[0]).out
    assert "提示：未填写开始时间，不计入任何考核时段。" in out
    assert "提示：督查人员只有一人，现场检查须两人以上。" in out
