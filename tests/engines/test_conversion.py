"""Converted weights are kept once a model, whole or not at all."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from tests.engines.toy_models import reweighted
from workbench.engines import ct2
from workbench.engines.ct2 import Ct2Engine, converted
from workbench.engines.pieces import Vocabulary
from workbench.errors import InputError, MissingModel


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "ct2"


def convert(folder: Path, quantization: str = "int8") -> Path:
    return converted(folder, Vocabulary(folder, "fr"), quantization)


def test_a_model_is_converted_once(joint, cache, monkeypatch):
    first = convert(joint)
    monkeypatch.setattr(ct2, "_convert", None)
    assert convert(joint) == first
    assert list(cache.iterdir()) == [first]


def test_other_weights_or_quantisation_are_other_folders(joint, cache, tmp_path):
    copy = shutil.copytree(joint, tmp_path / "copy")
    assert convert(copy) == convert(joint)
    assert convert(copy, "float32") != convert(joint)
    before = convert(copy)
    reweighted(copy, end=2.0)
    assert convert(copy) != before
    assert len(list(cache.iterdir())) == 3


def test_an_interrupted_conversion_leaves_nothing_and_is_done_again(joint, cache, monkeypatch):
    def cut(path, vocabulary, quantization, folder):
        whole(path, vocabulary, quantization, folder)
        (folder / "model.bin").write_bytes(b"half")
        raise KeyboardInterrupt

    whole = ct2._convert
    monkeypatch.setattr(ct2, "_convert", cut)
    with pytest.raises(KeyboardInterrupt):
        convert(joint)
    assert not list(cache.iterdir())
    (cache / ".part-killed" / "model").mkdir(parents=True)  # of a process that had no time to clean up
    monkeypatch.setattr(ct2, "_convert", whole)
    assert Ct2Engine(joint, "en", "fr").decode(["The river."])[0][0].pieces
    monkeypatch.setattr(ct2, "ABANDONED", -1.0)
    convert(joint, "float32")
    assert not (cache / ".part-killed").exists()


def test_a_damaged_conversion_is_made_anew(joint, cache, caplog):
    model = convert(joint) / "model.bin"
    model.write_bytes(model.read_bytes()[:100])
    assert Ct2Engine(joint, "en", "fr").decode(["The river."])[0][0].pieces
    assert "converted anew" in caplog.text


def test_of_two_conversions_at_once_the_first_one_stays(joint, cache, monkeypatch):
    def slow(*order):
        monkeypatch.setattr(ct2, "_convert", whole)
        others.append(convert(joint))  # another process, done while this one is at work
        (others[0] / "mark").touch()
        whole(*order)

    others: list[Path] = []
    whole = ct2._convert
    monkeypatch.setattr(ct2, "_convert", slow)
    assert convert(joint) == others[0]
    assert (others[0] / "mark").exists()
    assert list(cache.iterdir()) == others


def test_a_full_disk_says_what_to_do(joint, cache, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ct2, "_convert", full)
    with pytest.raises(InputError, match="WORKBENCH_CACHE"):
        convert(joint)
    assert not list(cache.iterdir())


def test_weights_that_are_not_there_or_not_whole(joint, cache, tmp_path):
    copy = shutil.copytree(joint, tmp_path / "copy")
    whole = (copy / "model.safetensors").read_bytes()
    (copy / "model.safetensors").write_bytes(whole[:1000])
    with pytest.raises(InputError, match="cannot be read"):
        convert(copy)
    (copy / "model.safetensors").unlink()
    with pytest.raises(MissingModel, match="no weights"):
        convert(copy)
    assert not list(cache.iterdir())


def test_weights_of_pytorch_model_bin_load_too(joint, cache, tmp_path):
    import torch
    from safetensors.torch import load_file

    copy = shutil.copytree(joint, tmp_path / "copy")
    torch.save(load_file(copy / "model.safetensors"), copy / "pytorch_model.bin")
    (copy / "model.safetensors").unlink()
    ours, other = Ct2Engine(copy, "en", "fr"), Ct2Engine(joint, "en", "fr")
    assert ours.decode(["The river."])[0][0].text == other.decode(["The river."])[0][0].text
