"""``mingcha info``: what a workspace holds, and its digest."""


def test_a_program_gets_the_counts_and_the_digest(mingcha, city):
    info = mingcha.json("info", city.office)

    assert (info["kind"], info["name"], info["records"]["unit"]) == ("office", "云泽市政府督查室", 2)
    assert len(info["digest"]) == 64


def test_the_answer_is_the_same_until_something_changes(mingcha, city):
    before = mingcha.json("info", city.office)

    assert mingcha.json("info", city.office) == before
    mingcha.json("mission", city.office, city.mission_file())
    assert mingcha.json("info", city.office)["digest"] != before["digest"]


def test_a_person_gets_sentences(mingcha, city):
    text = mingcha("info", city.anna).out

    assert text.startswith("外业欧阳㛃（外业节点）\n指纹：")
    assert "\n未处理冲突：0\n" in text


def test_english_reads_as_well(mingcha, city):
    text = mingcha("info", city.anna, "--lang", "en").out

    assert text.startswith("外业欧阳㛃 (field node)\nFingerprint: ")
    assert "\nopen conflicts: 0\n" in text
