"""What the autograder says: every verdict in words, and nothing of a learner's but text."""

from xml.etree import ElementTree

import pytest

from autograder import feedback
from autograder.record import Exercise, Message, Result

STATUSES = ("passed", "failed", "error", "timeout", "killed", "not_attempted")
EVIL = "<script>alert('x')</script>\n\n\"quoted\" & **bold** [link](javascript:alert(1)) `\x0b"


def result(status="graded", error=None, isolation=("landlock", "seccomp"), remarks=()):
    return Result("01_sine", "ada", status, error, list(isolation), [Exercise("sine", 1.5, 3.0, "failed", [Message("x", EVIL)])], list(remarks))


def parsed(html):
    """The tree of a piece of HTML, which is well-formed XML but for its line breaks."""
    assert "\n" not in html, "Markdown would end the piece at a blank line"
    return ElementTree.fromstring(html.replace("<br>", "<br/>"))


def words(html):
    return " ".join("".join(parsed(html).itertext()).split())


@pytest.mark.parametrize("status", STATUSES)
def test_a_verdict_is_said_in_words_with_its_points(status):
    exercise = Exercise("sine", 1.25, 3.0, status, [])
    for text in (words(feedback.exercise_html(exercise)), feedback.exercise_text(exercise)):
        assert f"{feedback.WORDS[status]}: 1.25 of 3 points" in text


def test_the_words_of_verdicts_differ():
    assert sorted(feedback.WORDS) == sorted(STATUSES) and len(set(feedback.WORDS.values())) == len(STATUSES)


def test_each_message_is_an_item():
    exercise = Exercise("sine", 0.0, 3.0, "failed", [Message("a", "One."), Message(None, "Two.")])
    assert [item.text for item in parsed(feedback.exercise_html(exercise)).iter("li")] == ["One.", "Two."]
    assert feedback.exercise_text(exercise).splitlines()[1:] == ["- One.", "- Two."]


def test_what_was_not_attempted_gets_the_next_step():
    exercise = Exercise("sine", 0.0, 3.0, "not_attempted", [])
    assert feedback.NEXT_STEP in words(feedback.exercise_html(exercise)) and feedback.NEXT_STEP in feedback.exercise_text(exercise)


@pytest.mark.parametrize("html", [
    feedback.exercise_html(Exercise("sine", 0.0, 3.0, "failed", [Message(None, EVIL)])), feedback.overview_html(result(remarks=[EVIL])),
    feedback.overview_html(result("unreadable", EVIL)), feedback.prose_html(EVIL),
], ids=["exercise", "remark", "error", "prose"])
def test_words_of_a_learner_are_text(html):
    assert "alert('x')" in words(html)
    assert not [node for node in parsed(html).iter() if node.tag == "script" or "javascript" in " ".join(node.attrib.values())]


def test_prose_keeps_its_lines():
    assert parsed(feedback.prose_html("one\n\n  two")).text == "one\n\n  two"


def test_the_overview_names_each_exercise_and_remark():
    said = words(feedback.overview_html(result(remarks=["The check was missing."])))
    for text in ("sine", "Not right yet", "1.5 / 3", "The check was missing.", "behind landlock, seccomp"):
        assert text in said
    assert feedback.overview_text(result(remarks=["The check was missing."])).splitlines() == [
        "sine: Not right yet, 1.5 of 3 points by the autograder", "The check was missing.", "The notebook ran behind landlock, seccomp."]


@pytest.mark.parametrize("isolation", [[], ["rlimits"]])
def test_the_overview_says_when_nothing_protected(isolation):
    assert "ran without protection" in words(feedback.overview_html(result(isolation=isolation)))


def test_the_overview_of_what_could_not_be_read_gives_the_reason_and_no_table():
    html = feedback.overview_html(result("unreadable", "It is no JSON."))
    assert words(html) == "This submission could not be graded. It is no JSON." and parsed(html).find(".//table") is None
    assert feedback.overview_text(result("unreadable", "It is no JSON.")) == "This submission could not be graded. It is no JSON."


def test_table_cells_have_their_headers():
    table = parsed(feedback.overview_html(result())).find("table")
    assert [node.get("scope") for node in table.iter("th")] == ["col", "col", "col", "row"]
    assert table.find("caption") is not None


@pytest.mark.parametrize("status", STATUSES)
def test_colours_are_readable_on_white(status):
    colour = next(node.get("style") for node in parsed(feedback.exercise_html(Exercise("sine", 0.0, 3.0, status, []))).iter("strong")).split("#")[1]
    channels = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, "WCAG 2.2 AA asks for 4.5:1"
