"""Learners' outputs keep what is safe to show, and nothing else."""

import base64

import nbformat
import pytest

from autograder.outputs import sanitise

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 20).decode()
WAV = base64.b64encode(b"RIFF" + b"x" * 40).decode()
PLAYER = f'\n <audio  controls="controls" >\n <source src="data:audio/wav;base64,{WAV}" type="audio/wav" />\n Your browser does not support the audio element.\n </audio>\n '


def data(**bundle):
    return [{"output_type": "display_data", "data": bundle, "metadata": {"x": 1}}]


def test_text_pictures_and_sounds_are_kept():
    kept = sanitise(data(**{"text/plain": "<b>", "image/png": PNG, "text/html": PLAYER}))[0]["data"]
    assert kept["text/plain"] == "<b>" and kept["image/png"] == PNG and WAV in kept["text/html"]


@pytest.mark.parametrize("html", ["<b>bold</b>", "<script>alert(1)</script>", PLAYER + "<script>", PLAYER.replace("Your browser", "<img src=x onerror=alert(1)>"),
                                  PLAYER.replace('controls="controls"', 'onplay="alert(1)><script"'), "<table></table>"])
def test_html_of_a_learner_is_left_out(html):
    assert "alert" not in str(sanitise(data(**{"text/html": html}))) and "<table" not in str(sanitise(data(**{"text/html": html})))


@pytest.mark.parametrize("mime", ["application/javascript", "image/svg+xml", "text/markdown", "text/latex", "application/vnd.jupyter.widget-view+json"])
def test_active_content_is_left_out(mime):
    assert sanitise(data(**{mime: "alert(1)"})) == []


def test_a_picture_that_is_none_is_left_out():
    assert sanitise(data(**{"image/png": base64.b64encode(b"<svg onload=alert(1)>").decode()})) == []
    assert sanitise(data(**{"image/png": '"><script>alert(1)</script>'})) == []


@pytest.mark.parametrize("hostile", [None, 3, {}, [3], [{}], [{"output_type": "stream"}], [{"output_type": "error", "traceback": 3}], [{"output_type": "execute_result", "data": {"text/plain": 3}}],
                                     [{"output_type": "stream", "text": "\ud800"}], [{"output_type": "execute_result", "data": {"text/plain": "1"}, "execution_count": "x"}]])
def test_whatever_comes_the_outputs_are_a_notebooks(hostile):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=[nbformat.from_dict(o) for o in sanitise(hostile)])])
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode("utf-8")


def test_long_text_is_shortened():
    assert len(sanitise([{"output_type": "stream", "name": "stdout", "text": "x" * 10**6}])[0]["text"]) < 200_000
