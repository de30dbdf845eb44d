"""``mingcha card``: the card of a node, with the fingerprint two people compare."""

from desktop.keys.card import fingerprint, read_card


def test_the_card_and_its_fingerprint_belong_together(mingcha, city):
    written = mingcha.json("card", city.anna, "--out", city.folder / "anna.json")

    card = read_card((city.folder / "anna.json").read_bytes())
    assert written["fingerprint"] == fingerprint(card)
    assert (written["node"], written["name"]) == (card.node, "外业欧阳㛃")


def test_both_sides_show_the_same_fingerprint(mingcha, city):
    written = mingcha("card", city.anna, "--out", city.folder / "anna.json", "--lang", "en")

    assert written.out.startswith("Card of “外业欧阳㛃”; compare the fingerprint: ")
    assert (
        written.out.rsplit(": ", 1)[1] in mingcha("enroll", city.office, city.folder / "anna.json").out + "\n"
    )
