import hashlib

from desktop.domain.digest import digest

ONE = ("r1", ["b" * 64, "a" * 64], [], ["header", "answer/1"])
TWO = ("r2", ["c" * 64], ["d" * 64], [])


def test_digest_is_that_of_the_written_form():
    c, d, e = ("c" * 64, "d" * 64, "e" * 64)
    text = f'["mingcha-digest-v1",[["r2",["{c}"],["{d}"],[]]],["{e}"]]'

    assert digest([TWO], [e]) == hashlib.sha256(text.encode()).hexdigest()


def test_order_means_nothing():
    turned = ("r1", ["a" * 64, "b" * 64], [], ["answer/1", "header"])

    assert digest([ONE, TWO], ["1", "2"]) == digest([TWO, turned], ["2", "1"])


def test_each_thing_it_speaks_of_changes_it():
    changed = [
        digest([TWO], ["e"]),
        digest([("r3", *TWO[1:])], ["e"]),
        digest([("r2", [], ["d" * 64], [])], ["e"]),
        digest([("r2", ["c" * 64], [], [])], ["e"]),
        digest([("r2", ["c" * 64], ["d" * 64], ["header"])], ["e"]),
        digest([TWO], ["f"]),
        digest([TWO], []),
        digest([], ["e"]),
    ]

    assert len(set(changed)) == len(changed)
