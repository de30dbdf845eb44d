from desktop.domain.ancestry import Ancestry, Span
from tests.domain.pen import ANNA, BERT, OFFICE, Pen, seen

STREAM = f"{ANNA}.{'0' * 16}"
OTHER = f"{BERT}.{'0' * 16}"


def place(signed):
    return signed.entry.seq, signed.entry.hash


def forked_stream():
    """Returns (one before the fork, [its two branches], an ancestry that knows them)."""
    pen = Pen(ANNA)
    root = pen.visit(home=OFFICE)
    twin = pen.fork()
    left, right = [pen.visit() for _ in range(3)], [twin.visit({"header": {}}) for _ in range(3)]
    return root, left, right, Ancestry({STREAM: chain(root, *left, *right)})


def chain(*entries):
    return {signed.entry.hash: (signed.entry.seq, signed.entry.prev) for signed in entries}


def test_in_a_stream_that_never_forked_the_number_decides():
    ancestry = Ancestry()

    assert ancestry.reaches(STREAM, (5, "a"), (3, "b"))
    assert not ancestry.reaches(STREAM, (3, "b"), (5, "a"))


def test_one_number_is_one_entry_only_with_one_hash():
    ancestry = Ancestry()

    assert ancestry.reaches(STREAM, (5, "a"), (5, "a"))
    assert not ancestry.reaches(STREAM, (5, "a"), (5, "b"))


def test_after_a_fork_only_the_chain_decides():
    root, left, right, ancestry = forked_stream()

    assert ancestry.reaches(STREAM, place(left[2]), place(left[0]))
    assert ancestry.reaches(STREAM, place(left[2]), place(root))
    assert not ancestry.reaches(STREAM, place(left[2]), place(right[0]))
    assert not ancestry.reaches(STREAM, place(right[2]), place(left[1]))


def test_where_the_chain_is_broken_entries_are_concurrent():
    root, left, right, _ = forked_stream()
    ancestry = Ancestry({STREAM: chain(root, left[0], left[2], *right)})

    assert not ancestry.reaches(STREAM, place(left[2]), place(left[0]))
    assert not ancestry.reaches(STREAM, place(left[2]), place(root))
    assert ancestry.reaches(STREAM, place(left[0]), place(root))


def test_the_named_one_before_counts_though_it_has_not_come():
    root, left, right, _ = forked_stream()
    ancestry = Ancestry({STREAM: chain(root, left[1], *right)})

    assert ancestry.reaches(STREAM, place(left[1]), place(left[0]))


def test_a_chain_that_begins_too_late_reaches_nothing():
    ancestry = Ancestry({STREAM: {"h5": (5, None)}})

    assert not ancestry.reaches(STREAM, (5, "h5"), (4, "h4"))


def test_who_lists_both_branches_has_seen_both():
    root, left, right, ancestry = forked_stream()
    ctx = {STREAM: (place(left[2]), place(right[0]))}

    assert all(ancestry.covers(ctx, signed.entry) for signed in (root, *left, right[0]))
    assert not ancestry.covers(ctx, right[1].entry)
    assert not ancestry.covers({}, root.entry)


def test_a_span_holds_the_numbers_between_its_ends_on_its_branch():
    _, left, right, ancestry = forked_stream()
    span = Span(STREAM, 3, 4, left[2].entry.hash)

    assert [ancestry.spans_cover([span], signed.entry) for signed in left] == [False, True, True]
    assert not any(ancestry.spans_cover([span], signed.entry) for signed in right)
    assert not ancestry.spans_cover([Span(OTHER, 1, 9, "f" * 64)], left[0].entry)
    assert not ancestry.spans_cover([Span(STREAM, 2, 3, left[1].entry.hash)], left[2].entry)


def test_joining_keeps_the_newest_of_each_stream():
    anna, bert = Pen(ANNA), Pen(BERT)
    one, two, three = anna.visit(), anna.visit(), bert.visit()

    joined = Ancestry().joined(seen(one, three), seen(two))

    assert joined == seen(two, three)


def test_joining_keeps_both_branches_of_a_fork():
    root, left, right, ancestry = forked_stream()

    joined = ancestry.joined(seen(left[0]), {STREAM: (place(right[2]), place(root))})

    assert joined == {STREAM: (place(left[0]), place(right[2]))}


def test_joining_changes_neither():
    anna = Pen(ANNA)
    first, second = seen(anna.visit()), seen(anna.visit())
    kept = dict(first)

    Ancestry().joined(first, second)

    assert first == kept
