"""The table of known models, manifests that are written, and the choice of files."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.acquire import ModelOptions
from translate_kit.engine import FAMILIES
from translate_kit.errors import BrokenModelError, OptionError
from translate_kit.modelstore.known import KNOWN, restriction
from translate_kit.modelstore.layouts import layout_of
from translate_kit.modelstore.manifest import to_toml

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_model_can_be_had_and_is_described(name: str) -> None:
    known = KNOWN[name]
    assert bool(known.hub) != bool(known.archive)
    assert known.hub.count("/") == bool(known.hub)
    assert known.family in FAMILIES
    assert {str(direction) for direction in known.directions} <= {"id-en", "en-id"}
    assert known.licence
    assert known.summary
    for score in known.scores:
        assert score.direction in known.directions
        assert 0 < score.bleu < score.chrf < 100
        assert score.source


def test_both_directions_have_models_and_published_quality_orders_them() -> None:
    for direction in ("id-en", "en-id"):
        rows = [k for k in KNOWN.values() if direction in map(str, k.directions)]
        assert len(rows) >= 5
    bleu = {k.name: s.bleu for k in KNOWN.values() for s in k.scores if str(s.direction) == "id-en"}
    assert bleu["nllb-200-3.3B"] > bleu["nllb-200-distilled-600M"] > bleu["opus-mt-id-en"]
    assert list(bleu.values()) == sorted(bleu.values(), reverse=True)


@pytest.mark.parametrize(
    ("licence", "restricted"),
    [
        ("CC-BY-NC-4.0", True),
        ("cc-by-nc-sa-4.0", True),
        ("CC-BY-4.0", False),
        ("apache-2.0", False),
        ("MIT", False),
        ("", False),
        ("LicenseRef-once", False),
    ],
)
def test_licences_that_restrict_use(licence: str, *, restricted: bool) -> None:
    assert (restriction(licence) is not None) == restricted


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUE = st.one_of(TEXT, st.integers(-(2**40), 2**40), st.booleans(), st.lists(TEXT, max_size=3))
TABLE = st.dictionaries(TEXT, VALUE, max_size=3)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        TEXT,
        st.one_of(
            VALUE, TABLE, st.dictionaries(TEXT, TABLE, max_size=2), st.lists(TABLE, min_size=1)
        ),
        max_size=5,
    )
)
def test_what_is_written_as_toml_is_read_back(values: dict[str, Any]) -> None:
    def filled(value: Any) -> Any:
        """Tables that hold nothing leave no trace."""
        if not isinstance(value, dict):
            return value
        inner = {key: filled(v) for key, v in value.items()}
        return {key: v for key, v in inner.items() if v != {}}

    assert filled(tomllib.loads(to_toml(values))) == filled(values)


CT2 = ["config.json", "model.bin", "shared_vocabulary.json", "source.spm", "target.spm"]
PLAIN = ["config.json", "vocab.json", "source.spm", "tokenizer_config.json"]


@pytest.mark.parametrize(
    ("names", "kind", "taken", "left"),
    [
        ([*CT2, "README.md", "eole_model/model.bin"], "ctranslate2", CT2, "README.md"),
        ([*PLAIN, "pytorch_model.bin"], "transformers", ["pytorch_model.bin"], "x"),
        (
            [*PLAIN, "pytorch_model.bin", "model.safetensors", "tf_model.h5", "flax_model.msgpack"],
            "transformers",
            ["model.safetensors"],
            "pytorch_model.bin",
        ),
        (
            [
                *PLAIN,
                "pytorch_model-00001-of-00003.bin",
                "pytorch_model.bin.index.json",
            ],
            "transformers",
            ["pytorch_model-00001-of-00003.bin", "pytorch_model.bin.index.json"],
            "x",
        ),
        (
            ["decoder.yml", "opus.npz", "opus.spm32k-spm32k.vocab.yml", "source.spm", "LICENSE"],
            "opus-mt",
            ["opus.npz", "opus.spm32k-spm32k.vocab.yml", "source.spm"],
            "LICENSE",
        ),
        (["config.json", "model.bin", "source_vocabulary.txt"], "ctranslate2", [], "x"),
    ],
)
def test_the_files_of_a_model_are_chosen(
    names: list[str], kind: str, taken: list[str], left: str
) -> None:
    layout = layout_of(names, "a repository")
    assert layout.kind == kind
    assert set(taken) <= set(layout.files)
    assert left not in layout.files
    assert not any("/" in name for name in layout.files)


@pytest.mark.parametrize(
    "names", [[], ["README.md"], ["model.bin"], ["config.json"], ["x/model.bin", "x/config.json"]]
)
def test_what_is_no_model(names: list[str]) -> None:
    with pytest.raises(BrokenModelError, match="holds no model"):
        layout_of(names, "a repository")


@given(st.text(max_size=30), st.sampled_from(["../", "..\\", "/", "\\", "C:", "a/../"]))
def test_no_name_that_leads_out_is_let_through(tail: str, lead: str) -> None:
    with pytest.raises(BrokenModelError, match="outside its folder"):
        layout_of([*CT2, lead + tail], "a repository")


@pytest.mark.parametrize(
    "values",
    [{"quantization": "int3"}, {"family": "rnn"}, {"directions": ("indonesian-english",)}],
)
def test_options_that_are_none(values: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        ModelOptions(**values)
