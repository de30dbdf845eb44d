import pytest

from desktop.exchange import record_reader
from desktop.exchange.record_reader import LineReader, RecordSink, in_blocks, read_records, write_lines
from desktop.exchange.refusal import PackageRefusedError, Refusal


def reader():
    return LineReader("things", lambda line: line.integer("n", 0))


def read(data):
    return list(read_records(reader(), [data]))


def refusal_of(data):
    with pytest.raises(PackageRefusedError) as refused:
        read(data)
    assert refused.value.reason is Refusal.BAD_CONTENT
    return refused.value.place


TITLE = b'{"object":"things","v":1}\n'


def test_lines_come_back():
    data = b"".join(write_lines("things", [{"n": n} for n in range(3)]))

    assert data == TITLE + b'{"n":0}\n{"n":1}\n{"n":2}\n'
    assert read(data) == [0, 1, 2]


def test_object_without_records_is_not_empty():
    assert b"".join(write_lines("things", [])) == TITLE
    assert read(TITLE) == []


def test_lines_may_come_byte_by_byte():
    data = TITLE + b'{"n":7}\n{"n":8}\n'

    assert list(read_records(reader(), (data[i : i + 1] for i in range(len(data))))) == [7, 8]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "things, line 0: the last line is not whole"),
        (TITLE[:-1], "things, line 0: the last line is not whole"),
        (TITLE + b'{"n":1}', "things, line 1: the last line is not whole"),
        (b'{"object":"other","v":1}\n', "things, line 1: is not what it should be"),
        (b'{"object":"things","v":2}\n', "things, line 1: is not what it should be"),
        (b'{"n":1}\n', "things, line 1: is not what it should be"),
        (TITLE + b"\n", "things, line 2: not JSON: Expecting value: line 1 column 1 (char 0)"),
        (TITLE + b'{"n":1}\r\n', "things, line 2: not in canonical form"),
        (TITLE + b'{"n":1}\n[1]\n', "things, line 3: the line is not an object"),
        (TITLE + b'{"n":-1}\n', "things, line 2: the line.n is missing or out of range"),
    ],
    ids=repr,
)
def test_what_is_not_such_lines_is_refused_with_its_place(data, place):
    assert refusal_of(data) == place


def test_line_over_the_limit_is_refused_before_it_is_held(monkeypatch):
    monkeypatch.setattr(record_reader, "MAX_LINE_BYTES", 100)
    lines = reader()
    lines.feed(TITLE)
    for _ in range(10):
        lines.feed(b"x" * 10)

    with pytest.raises(PackageRefusedError, match="too long"):
        lines.feed(b"x")


def test_line_over_the_limit_is_not_written(monkeypatch):
    monkeypatch.setattr(record_reader, "MAX_LINE_BYTES", 100)

    with pytest.raises(ValueError, match="longer than readers accept"):
        list(write_lines("things", [{"n": "x" * 100}]))


def test_small_pieces_are_joined_to_blocks():
    blocks = list(in_blocks(b"x" * 1000 for _ in range(200)))

    assert [len(block) for block in blocks] == [66_000, 66_000, 66_000, 2_000]
    assert list(in_blocks([])) == []


def test_sink_hands_records_on_as_they_arrive():
    taken, discarded = [], []
    sink = RecordSink(reader(), taken.append, lambda: discarded.append(True))

    sink.write(TITLE + b'{"n":1}\n{"n"')
    assert taken == [1]
    sink.write(b":2}\n")
    sink.finish()
    sink.discard()

    assert taken == [1, 2]
    assert discarded == [True]


def test_sink_refuses_an_object_that_ends_early():
    sink = RecordSink(reader(), [].append, lambda: None)
    sink.write(TITLE + b'{"n"')

    with pytest.raises(PackageRefusedError, match="not whole"):
        sink.finish()
