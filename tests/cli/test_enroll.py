"""``mingcha enroll``: a node is accepted by its card, or revoked by its name."""

from tests.cli.city import refusal


def new_node(mingcha, city):
    mingcha.json("card", city.office, "--out", city.folder / "office.json")
    mingcha.json(
        "new", city.folder / "carl", "--field", "外业赵六", "--office-card", city.folder / "office.json"
    )
    mingcha.json("card", city.folder / "carl", "--out", city.folder / "carl.json")
    return city.folder / "carl.json"


def test_a_node_is_enrolled(mingcha, city):
    enrolled = mingcha.json("enroll", city.office, new_node(mingcha, city))

    nodes = {row["name"]: row for row in mingcha.json("list", city.office, "nodes")["rows"]}
    assert enrolled["status"] == nodes["外业赵六"]["status"] == "enrolled"
    assert enrolled["fingerprint"] == nodes["外业赵六"]["fingerprint"]


def test_a_package_that_came_before_the_card_is_merged_when_its_sender_is_enrolled(mingcha, city):
    card = new_node(mingcha, city)
    package = mingcha.export(city, city.folder / "carl")
    assert "本机未登记该数据包的发送方" in refusal(mingcha("merge", city.office, package))

    mingcha.json("enroll", city.office, card)

    assert [row["state"] for row in mingcha.json("list", city.office, "quarantine")["rows"]] == ["applied"]


def test_a_revoked_node_is_not_trusted_any_more(mingcha, city):
    package = mingcha.export(city, city.anna)

    revoked = mingcha("enroll", city.office, "外业欧阳㛃", "--revoke", "--reason", "笔记本电脑遗失")

    assert (revoked.status, revoked.out) == (0, "“外业欧阳㛃”已吊销。\n")
    assert "签名密钥已被吊销" in refusal(mingcha("merge", city.office, package))


def test_a_revocation_needs_a_reason(mingcha, city):
    assert "吊销设备节点须写明原因" in refusal(mingcha("enroll", city.office, "外业欧阳㛃", "--revoke"))


def test_only_an_office_enrolls(mingcha, city):
    card = new_node(mingcha, city)

    assert "设备节点只能由中心登记" in refusal(mingcha("enroll", city.anna, card))
