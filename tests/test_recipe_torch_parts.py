"""The recipe's parts that compute: tables, batches, the network, its weights, its training."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import unicodedata
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from recipe import export, gpu, lexicon, shortlist, train, vocabulary
from recipe.batches import Corpus, corpus_of
from recipe.ctranslate import LARGEST, write_ctranslate
from recipe.data import SYNTHETIC, Pair, Sources, write_lines, write_pairs
from recipe.embeddings import bilingual_embeddings, neighbours
from recipe.greedy import greedy
from recipe.guide import Lexicon, guide_loss, soft_alignment
from recipe.ibm1 import both_ways, translation_table
from recipe.mean import write_mean
from recipe.network import Network, Shape
from recipe.optimizer import Masters
from recipe.precision import PRECISIONS, working_type
from recipe.team import Team, lead
from recipe.training import Clock, Plan, Trainer, load_checkpoint
from recipe.vocabulary import EOS, PAD, Vocabulary
from recipe.weights import grown, hugging_face, network_of, read_weights, write_weights
from recipe_corpus import pairs

from translate_kit import Decoding, InputError, OptionError, load_engine

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SMALL = Shape(vocabulary=60, width=16, heads=2, feed_forward=32, encoder=2, decoder=2)
needs_transformers = pytest.mark.skipif(not find_spec("transformers"), reason="no transformers")


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("vocabulary")
    write_pairs(folder / "pairs.tsv", [Pair("templates", *row) for row in pairs(800, 4)])
    options = vocabulary.Options(pairs=(folder / "pairs.tsv",), out=folder / "spm.model", size=500)
    vocabulary.train_vocabulary(options)
    return Vocabulary(folder / "spm.model")


def corpus(words: Vocabulary, count: int = 60) -> Corpus:
    return corpus_of([Pair("templates", *row) for row in pairs(count, 6)], words, 60)


def batch_of(shape: Shape, seed: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(seed)
    source = torch.randint(4, shape.vocabulary, (3, 9))
    source[1, 6:] = PAD
    return source, torch.randint(4, shape.vocabulary, (3, 7))


def random_network(shape: Shape) -> Network:
    torch.manual_seed(3)
    network = Network(shape)
    network.eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(torch.randn(weight.shape) * 0.1)
        network.embedding.weight[PAD] = 0
    return network


# the vocabulary


def test_the_numbers_of_special_tokens(words: Vocabulary) -> None:
    pieces = words.pieces
    assert pieces[:4] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert len(pieces) == len(set(pieces)) == words.size
    assert pieces[words.languages["id"]] == "ind_Latn"
    assert pieces[words.synthetic] == "<extra0>"


@settings(deadline=None, max_examples=40)
@given(text=st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20))
def test_no_name_and_no_number_is_out_of_reach(words: Vocabulary, text: str) -> None:
    plain = f"Pak {text} tiba"
    (row,) = words.encode([plain])
    (back,) = words.decode([row])
    # SentencePiece normalises to NFKC
    assert back == " ".join(unicodedata.normalize("NFKC", plain).split())


def test_digits_stand_alone(words: Vocabulary) -> None:
    (row,) = words.encode(["2024"])
    assert len(row) >= 4


# the lexicon


def toy() -> tuple[list[list[int]], list[list[int]]]:
    """Source piece n means target piece n + 10; 1 and 11 stand in every sentence."""
    draw = np.random.default_rng(1)
    source = [[1, *draw.choice(np.arange(2, 10), 3, replace=False).tolist()] for _ in range(200)]
    return source, [[n + 10 for n in row] for row in source]


def test_model_1_finds_translations() -> None:
    source, target = toy()
    table = translation_table(source, target, 20).toarray()
    for piece in range(1, 10):
        assert table[piece].argmax() == piece + 10
        assert table[piece].max() > 0.8
    assert (table.sum(axis=1) < 1.01).all()


def test_links_are_symmetric_and_between_0_and_1() -> None:
    source, target = toy()
    forward = translation_table(source, target, 20)
    links = both_ways(forward, translation_table(target, source, 20)).toarray()
    assert np.allclose(links, links.T)
    assert links.min() >= 0
    assert links.max() <= 1 + 1e-6


def test_translations_get_like_embeddings() -> None:
    source, target = toy()
    torch.manual_seed(1)
    found = bilingual_embeddings(
        neighbours(source, 20), neighbours(target, 20), translation_table(source, target, 20), 8
    )
    assert torch.allclose(found.norm(dim=1), torch.ones(20), atol=1e-3)
    likeness = found[2:10] @ found[12:20].T
    assert (likeness.argmax(dim=1) == torch.arange(8)).float().mean() >= 0.75


def test_a_lexicon_comes_back_from_its_file(words: Vocabulary, tmp_path: Path) -> None:
    rows = pairs(300, 8)
    write_pairs(tmp_path / "pairs.tsv", [Pair("templates", *row) for row in rows])
    for number, code in enumerate(("id", "en")):
        write_lines(tmp_path / f"{code}.txt", [row[number] for row in rows])
    options = lexicon.Options(
        pairs=(tmp_path / "pairs.tsv",),
        lines_id=tmp_path / "id.txt",
        lines_en=tmp_path / "en.txt",
        vocabulary=words.file,
        out=tmp_path / "lexicon.safetensors",
        width=32,
    )
    lexicon.make_lexicon(options)
    found = Lexicon.read(options.out)
    assert found.embeddings.shape == (words.size, 32)
    assert found.links.shape == (words.size, words.size)
    right, wrong, english = (words.encode([w])[0][-1] for w in ("kemarin", "persen", "yesterday"))
    assert found.links[right, english] > 0.3 > found.links[wrong, english]


# batches


@pytest.mark.parametrize("tokens", [64, 256, 4096])
def test_an_epoch_holds_every_sentence_once_each_way(words: Vocabulary, tokens: int) -> None:
    data = corpus(words)
    batches = data.epoch(tokens, (1, 0))
    assert sorted(np.concatenate(batches).tolist()) == list(range(2 * len(data)))
    for rows in batches:
        long = max(data.lengths[rows].max(), np.roll(data.lengths, len(data))[rows].max())
        assert long * len(rows) <= tokens or len(rows) == 1


def test_the_same_seed_gives_the_same_epoch(words: Vocabulary) -> None:
    data = corpus(words)
    first, again, other = (data.epoch(256, seed) for seed in ((1, 3), (1, 3), (1, 4)))
    assert [rows.tolist() for rows in first] == [rows.tolist() for rows in again]
    assert [rows.tolist() for rows in first] != [rows.tolist() for rows in other]


def test_what_a_batch_says(words: Vocabulary) -> None:
    rows = [Pair("news", "Harga naik.", "Prices rose."), Pair(SYNTHETIC["en"], "Ya.", "Yes it is.")]
    data = corpus_of(rows, words, 60)
    encoded = words.encode(["Harga naik.", "Prices rose.", "Yes it is."])
    batch = data.batch(np.array([0, 3]))  # the first from Indonesian, the second from English
    indonesian, english = words.languages["id"], words.languages["en"]
    source = [[n for n in row.tolist() if n != PAD] for row in batch.source]
    assert source[0] == [indonesian, *encoded[0], EOS]
    assert source[1] == [english, words.synthetic, *encoded[2], EOS]
    given, wanted = batch.given[0].tolist(), batch.wanted[0].tolist()
    end = len(encoded[1])
    assert given[: end + 2] == [EOS, english, *encoded[1]]
    assert wanted[: end + 2] == [PAD, *encoded[1], EOS]
    assert set(given[end + 2 :]) <= {PAD}
    sides = (batch.source, batch.wanted)
    assert all((side[:, -1] != PAD).any() for side in sides), "no longer than its longest sentence"
    padded = data.batch(np.array([0, 3]), 8)
    for side, longer in zip(sides, (padded.source, padded.wanted), strict=True):
        assert longer.shape[1] % 8 == 0
        assert longer[:, : side.shape[1]].tolist() == side.tolist()
        assert (longer[:, side.shape[1] :] == PAD).all()


def test_rates_are_copies_in_expectation(words: Vocabulary, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text('[rates]\nnews = 0.5\n"docs@en-id" = 0\ndocs = 2\n', encoding="utf-8")
    rows = [Pair("news", "Ya.", "Yes.")] * 400 + [Pair("docs", "Ya.", "Yes.")] * 10
    data = corpus_of(rows, words, 60, sources=Sources(file))
    drawn = np.concatenate(data.epoch(4096, (1, 0)))
    from_docs_id = ((drawn >= 400) & (drawn < 410)).sum()
    assert from_docs_id == 20
    assert (drawn >= 810).sum() == 0
    assert 120 < (drawn < 400).sum() < 280


# the network


def test_padding_changes_nothing() -> None:
    network = random_network(SMALL)
    source, given = batch_of(SMALL)
    longer = torch.cat([source, torch.full((3, 4), PAD)], dim=1)
    assert torch.allclose(network(source, given), network(longer, given), atol=1e-4)


def test_no_place_sees_those_after_it() -> None:
    network = random_network(SMALL)
    source, given = batch_of(SMALL)
    changed = given.clone()
    changed[:, 4:] = 5
    before, after = network(source, given), network(source, changed)
    assert torch.allclose(before[:, :4], after[:, :4], atol=1e-5)


def test_losses_against_the_plain_formula() -> None:
    network = random_network(SMALL)
    source, wanted = batch_of(SMALL)
    wanted[0, 3:] = PAD
    states = network(source, wanted)
    found = network.losses(states, wanted, smoothing=0.1)
    logits = torch.nn.functional.linear(states, network.embedding.weight).flatten(0, 1)
    cross = torch.nn.CrossEntropyLoss(ignore_index=PAD, reduction="sum", label_smoothing=0.1)
    plain = torch.nn.CrossEntropyLoss(ignore_index=PAD, reduction="sum")
    assert found.tokens == int((wanted != PAD).sum())
    assert found.smoothed.item() == pytest.approx(cross(logits, wanted.flatten()).item(), rel=1e-4)
    assert found.plain.item() == pytest.approx(plain(logits, wanted.flatten()).item(), rel=1e-4)


@pytest.mark.parametrize("text", ["", "256,4,1024,6", "10,3,20,1,1", "a,b,c,d,e", "16,2,32,0,1"])
def test_shapes_that_are_none(text: str) -> None:
    with pytest.raises(OptionError):
        Shape.parse(text, 100)


def test_where_a_target_piece_should_look() -> None:
    links = torch.zeros(60, 60)
    links[10, 20] = links[20, 10] = 0.9
    source = torch.tensor([[55, 10, 30, 11, EOS]])
    target = torch.tensor([[PAD, 30, 20, 40, EOS]])
    found = soft_alignment(links, source, target, first_tag=55)
    sums = found.sum(dim=-1)[0].tolist()
    assert sums == pytest.approx([0, 1, 1, 0, 1])
    assert found[0, 1].argmax() == 2, "a piece that stands on both sides: a name"
    assert found[0, 2].argmax() == 1, "a translation of the lexicon"
    assert found[0, 4, 4] == 1, "the end looks at the end"


# weights


def test_weights_come_back_in_float16(tmp_path: Path) -> None:
    network = random_network(SMALL)
    ours = dict(network.named_parameters())
    write_weights(tmp_path, {name: w.detach() for name, w in ours.items()}, SMALL)
    found, shape = read_weights(tmp_path)
    assert shape == SMALL
    assert found.keys() == ours.keys()
    for name, weight in found.items():
        assert torch.equal(weight, ours[name].detach().half().float())


def test_what_is_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "weights.pt").write_bytes(b"not a checkpoint")
    for path in (tmp_path, tmp_path / "weights.pt"):
        with pytest.raises(InputError):
            read_weights(path)


@pytest.mark.parametrize(
    "new",
    [
        replace(SMALL, encoder=5),
        replace(SMALL, decoder=3, feed_forward=48),
        replace(SMALL, vocabulary=70, encoder=3),
    ],
)
def test_a_grown_network_computes_the_same(new: Shape) -> None:
    small = random_network(SMALL)
    weights = grown(dict(small.state_dict()), SMALL, new)
    large = network_of(weights, new).eval()
    source, given = batch_of(SMALL)
    kept: tuple[list[torch.Tensor], list[torch.Tensor]] = ([], [])
    assert torch.allclose(small(source, given, kept[0]), large(source, given, kept[1]), atol=1e-4)
    assert torch.allclose(kept[0][-1], kept[1][-1], atol=1e-4), "word links stay"


def test_a_network_cannot_grow_wider_or_shrink() -> None:
    weights = dict(random_network(SMALL).state_dict())
    for new in (replace(SMALL, width=32), replace(SMALL, encoder=1)):
        with pytest.raises(OptionError, match="cannot grow"):
            grown(weights, SMALL, new)


def test_a_mean_of_weights_is_weighted(tmp_path: Path) -> None:
    networks = [random_network(SMALL), random_network(SMALL)]
    for name, network in zip("ab", networks, strict=True):
        write_weights(tmp_path / name, dict(network.named_parameters()), SMALL)
    write_mean([tmp_path / "a", tmp_path / "b"], tmp_path / "out", [3, 1])
    found, shape = read_weights(tmp_path / "out")
    assert shape == SMALL
    first, second = (dict(network.named_parameters()) for network in networks)
    for name, weight in found.items():
        expected = 0.75 * first[name] + 0.25 * second[name]
        assert torch.allclose(weight, expected, atol=2e-3), "float16"
    write_mean([tmp_path / "a"], tmp_path / "same")
    assert torch.equal(
        read_weights(tmp_path / "same")[0]["embedding.weight"],
        read_weights(tmp_path / "a")[0]["embedding.weight"],
    )


@pytest.mark.parametrize(
    ("shares", "names", "reason"),
    [([1.0], "aa", "as many shares"), ([1.0, 0.0], "aa", "above 0"), ([], "ab", "equal shapes")],
)
def test_a_mean_that_makes_no_sense(
    tmp_path: Path, shares: list[float], names: str, reason: str
) -> None:
    for name, shape in (("a", SMALL), ("b", replace(SMALL, encoder=3))):
        write_weights(tmp_path / name, dict(random_network(shape).named_parameters()), shape)
    with pytest.raises(OptionError, match=reason):
        write_mean([tmp_path / name for name in names], tmp_path / "out", shares)


def exported(folder: Path, words: Vocabulary) -> tuple[Path, Network]:
    shape = replace(SMALL, vocabulary=words.size)
    network = random_network(shape)
    write_weights(folder / "weights", dict(network.named_parameters()), shape)
    options = export.Options(weights=folder / "weights", vocabulary=words.file, out=folder / "out")
    export.export(options)
    weights, _ = read_weights(folder / "weights")
    return folder / "out", network_of(weights, shape).eval()


def test_a_shortlist_holds_a_languages_pieces_and_every_byte(
    words: Vocabulary, tmp_path: Path
) -> None:
    write_pairs(tmp_path / "pairs.tsv", [Pair("x", "beras", "rice"), Pair("x", "beras", "rice")])
    options = shortlist.Options(
        pairs=(tmp_path / "pairs.tsv",), vocabulary=words.file, out=tmp_path / "vmap.txt"
    )
    shortlist.make_shortlist(options)
    rows = (tmp_path / "vmap.txt").read_text(encoding="utf-8").splitlines()
    listed = {key: row.split(" ") for key, row in (line.split("\t") for line in rows)}
    pieces = words.pieces
    always = {p for p in pieces if p.startswith("<")} | {"ind_Latn", "eng_Latn"}
    assert len(always) > 256
    for key, text in (("ind_Latn", "rice"), ("eng_Latn", "beras")):
        (row,) = words.encode([text])
        assert set(listed[key]) == always | {pieces[number] for number in row}
    text = options.out.read_text(encoding="utf-8")
    assert shortlist.for_directions(text, ("id-en", "en-id")) == text
    alone = shortlist.for_directions(text, ("en-id",))
    assert alone == f"\t{' '.join(listed['eng_Latn'])}\n"
    assert shortlist.for_directions(alone, ("en-id",)) == alone


@pytest.mark.parametrize("beam", [1, 3])
def test_a_list_of_all_pieces_changes_nothing_in_both_directions(
    words: Vocabulary, tmp_path: Path, beam: int
) -> None:
    folder, _ = exported(tmp_path, words)
    pieces = " ".join(words.pieces)
    (tmp_path / "vmap.txt").write_text(f"ind_Latn\t{pieces}\neng_Latn\t{pieces}\n")
    options = export.Options(
        weights=folder / "hf",
        vocabulary=words.file,
        out=tmp_path / "listed",
        shortlist=tmp_path / "vmap.txt",
    )
    export.export(options)
    for direction, texts in (("id-en", [p[0] for p in pairs(20, 6)]), ("en-id", ["rice"] * 3)):
        plain, listed = (
            load_engine(str(path / "ct2"), direction) for path in (folder, tmp_path / "listed")
        )
        assert listed.model.shortlist
        assert not plain.model.shortlist
        for _ in range(2):  # CTranslate2's errors with high prefixes began with the second batch
            ours, theirs = (
                [h.target.text for h in engine.translate(texts, Decoding(beam_size=beam))]
                for engine in (listed, plain)
            )
            assert ours == theirs


def test_ctranslate2_computes_what_the_network_computes(words: Vocabulary, tmp_path: Path) -> None:
    """Log-probabilities of given targets, in float32."""
    folder, network = exported(tmp_path, words)
    weights, shape = read_weights(folder / "hf")
    write_ctranslate(tmp_path / "full", weights, shape, words.pieces, "float32")
    data = corpus(words, 8)
    batch = next(data.ordered(0, 8))
    with torch.no_grad():
        states = network(batch.source, batch.given)
    logits = torch.nn.functional.linear(states, network.embedding.weight)
    found = torch.log_softmax(logits, dim=-1).gather(2, batch.wanted[..., None]).squeeze(2)
    pieces = words.pieces
    source = [[pieces[n] for n in row if n != PAD] for row in batch.source.tolist()]
    target = [[pieces[n] for n in row[1:] if n != PAD] for row in batch.given.tolist()]
    translator: Any = ctranslate2.Translator(str(tmp_path / "full"))
    for number, result in enumerate(translator.score_batch(source, target, offset=1)):
        expected = found[number][batch.wanted[number] != PAD].tolist()
        assert list(result.log_probs) == pytest.approx(expected, abs=1e-3)


@needs_transformers
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_transformers_computes_what_the_network_computes(words: Vocabulary, tmp_path: Path) -> None:
    from transformers import M2M100ForConditionalGeneration  # noqa: PLC0415

    folder, network = exported(tmp_path, words)
    theirs = M2M100ForConditionalGeneration.from_pretrained(folder / "hf", dtype=torch.float32)
    batch = next(corpus(words, 8).ordered(1, 8))
    with torch.no_grad():
        ours = torch.nn.functional.linear(
            network(batch.source, batch.given), network.embedding.weight
        )
        found = theirs.eval()(
            input_ids=batch.source,
            attention_mask=(batch.source != PAD).long(),
            decoder_input_ids=batch.given,
        ).logits
    told = (batch.wanted != PAD)[..., None]
    assert torch.allclose(ours * told, found * told, atol=1e-3)
    assert set(hugging_face(dict(network.named_parameters()))) <= set(theirs.state_dict())


@needs_transformers
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_export_is_that_of_ctranslate2s_own_converter(
    words: Vocabulary, tmp_path: Path
) -> None:
    from ctranslate2.converters.transformers import M2M100Loader  # noqa: PLC0415
    from transformers import M2M100ForConditionalGeneration  # noqa: PLC0415

    folder, _ = exported(tmp_path, words)
    theirs = M2M100ForConditionalGeneration.from_pretrained(folder / "hf", dtype=torch.float32)
    spec = M2M100Loader().get_model_spec(theirs.eval())
    spec.register_source_vocabulary(words.pieces)
    spec.register_target_vocabulary(words.pieces)
    spec.config.bos_token, spec.config.eos_token = "<s>", "</s>"
    spec.config.unk_token, spec.config.decoder_start_token = "<unk>", "</s>"
    spec.validate()
    spec.optimize()
    (tmp_path / "theirs").mkdir()
    spec.save(str(tmp_path / "theirs"))
    weights, shape = read_weights(folder / "hf")
    write_ctranslate(tmp_path / "ours", weights, shape, words.pieces, "float32")
    for name in ("model.bin", "config.json", "shared_vocabulary.json"):
        assert (tmp_path / "ours" / name).read_bytes() == (tmp_path / "theirs" / name).read_bytes()


def variables(path: Path) -> dict[str, Any]:
    """Read the arrays of a ``model.bin``, as ``ModelSpec.save`` of CTranslate2 writes them."""
    types = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
    found: dict[str, Any] = {}
    with path.open("rb") as file:

        def number(form: str) -> int:
            return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])

        def text() -> str:
            return file.read(number("H")).rstrip(b"\0").decode()

        number("I"), text(), number("I")  # version, name, revision
        for _ in range(number("I")):
            name, shape = text(), [number("I") for _ in range(number("B"))]
            kind = types[number("B")]
            found[name] = np.frombuffer(file.read(number("I")), kind).reshape(shape)
    return found


def test_sums_of_two_int8_products_fit_in_16_bits(words: Vocabulary, tmp_path: Path) -> None:
    folder, network = exported(tmp_path, words)
    found = variables(folder / "ct2" / "model.bin")
    weights = [array.astype(int) for name, array in found.items() if f"{name}_scale" in found]
    assert len(weights) > 10
    for array in weights:
        assert 2 * 255 * np.abs(array).max() < 2**15
        assert set(np.abs(array).max(axis=1)) <= {0, LARGEST}, "all of the range is used"
    scale = found["encoder/layer_0/ffn/linear_0/weight_scale"]
    read = found["encoder/layer_0/ffn/linear_0/weight"] / scale[:, None]
    true = network.state_dict()["encoder.0.inner.weight"].half().float().numpy()
    assert (np.abs(read - true) <= 0.51 / scale[:, None]).all(), "rounded to the nearest"


def test_the_first_model_is_read_from_its_old_file(tmp_path: Path) -> None:
    old = SHARED / "models" / "id-en-v0-weights.pt"
    if not old.is_file():
        pytest.skip(f"no weights of the first model at {old.parent}")
    spm = SHARED / "models" / "id-en-v0" / "sentencepiece.model"
    export.export(export.Options(weights=old, vocabulary=spm, out=tmp_path))
    reference = SHARED / "models" / "id-en-v0-hf"
    for name in ("model.safetensors", "vocab.json"):
        assert (tmp_path / "hf" / name).read_bytes() == (reference / name).read_bytes()
    shipped = json.loads((ROOT / "models" / "id-en" / "shared_vocabulary.json").read_text())
    words = Vocabulary(spm)
    named = words.pieces
    assert shipped == [named[number] for number in shortlist.tags_first(words)]


def test_one_process_runs_all_phases(words: Vocabulary, tmp_path: Path) -> None:
    rows = pairs(120, 11)
    pack = tmp_path / "pack"
    write_pairs(pack / "parallel.tsv.xz", [Pair("templates", *row) for row in rows])
    for number, code in enumerate(("id", "en")):
        lines = [row[number] for row in rows]
        write_lines(pack / f"mono.{code}.txt.xz", lines)
        write_lines(pack / "dev" / f"{code}.txt", lines[:4])
    (pack / "sentencepiece.model").write_bytes(words.file.read_bytes())
    phases = ("train:.4", "synthesise:.2", "student:.4")
    options = gpu.Options(
        pack=pack,
        out=tmp_path / "out",
        minutes=0.1,
        phases=phases,
        scale="tiny",
        student="16,2,32,1,1",
    )
    figures = gpu.go(options)
    assert set(figures["bleu"]) == {"id-en", "en-id"}
    joined = b"".join(p.read_bytes() for p in sorted((tmp_path / "out").glob("student-2.*.*")))
    assert joined == (tmp_path / "out" / "student-2" / "model.safetensors").read_bytes()
    _, shape = read_weights(tmp_path / "out" / "teacher-0")
    assert shape.width == 64
    log = (tmp_path / "out" / "log").read_text(encoding="utf-8")
    assert "synthetic id-en" in log


# training


def trainer(words: Vocabulary, steps: int, state: Any = None, precision: str = "auto") -> Trainer:
    torch.manual_seed(5)
    network = Network(replace(SMALL, vocabulary=words.size))
    plan = Plan(tokens=256, rate=4e-3, warmup=10, steps=steps, decay=0.5, precision=precision)
    return Trainer(network, corpus(words, 200), plan, state=state)


def weights_of(found: Trainer) -> list[list[float]]:
    return [w.flatten().tolist() for w in found.masters.average.values()]


def never() -> bool:
    return False


def quiet(_line: str) -> None:
    """Say nothing."""


@pytest.mark.parametrize("precision", ["bfloat16", "float32"])
def test_a_run_that_was_interrupted_ends_as_one_that_was_not(
    words: Vocabulary, tmp_path: Path, precision: str
) -> None:
    whole = trainer(words, 24, precision=precision)
    assert whole.run(quiet, never)
    first = trainer(words, 24, precision=precision)
    assert not first.run(quiet, lambda: first.clock.step == 12)
    first.save(tmp_path / "checkpoint.pt")
    state = load_checkpoint(tmp_path / "checkpoint.pt", "cpu")
    second = trainer(words, 24, state, precision)
    assert second.clock.step == 13
    assert second.run(quiet, never)
    assert weights_of(second) == weights_of(whole)
    assert replace(second.clock, seconds=0) == replace(whole.clock, seconds=0)


def shared_by(team: Team) -> tuple[list[float], tuple[float, ...]]:
    gradients = [torch.full((2, 2), float(team.rank)), torch.tensor([3.0 * team.rank])]
    notes = team.share(gradients, (1.0, 10.0 * team.rank))
    return [float(g.flatten()[0]) for g in gradients], notes


def test_a_team_averages_gradients_and_adds_up_notes() -> None:
    assert lead(shared_by, 3) == ([1.0, 3.0], (3.0, 30.0))
    assert lead(shared_by, 1) == ([0.0, 0.0], (1.0, 0.0))


def test_two_processes_train_one_network_and_one_goes_on(words: Vocabulary, tmp_path: Path) -> None:
    write_pairs(tmp_path / "pairs.tsv", [Pair("templates", *row) for row in pairs(200, 6)])
    options = train.Options(
        pairs=(tmp_path / "pairs.tsv",),
        vocabulary=words.file,
        out=tmp_path / "run",
        shape="16,2,32,1,1",
        tokens=256,
        steps=6,
        threads=1,
        processes=2,
    )
    figures = train.train(options)
    assert figures["done"]
    assert figures["steps"] == 6
    one = train.train(replace(options, out=tmp_path / "one", processes=1))
    assert 1.6 * one["tokens"] < figures["tokens"] < 2.4 * one["tokens"]
    further = train.train(replace(options, steps=8, processes=1))
    assert further["done"]
    assert further["steps"] == 8


def test_a_precision_is_what_was_asked_for_or_what_is_quick_here() -> None:
    assert working_type("bfloat16", "cpu") == torch.bfloat16
    assert working_type("float32", "cuda") == torch.float32
    assert working_type("auto", "cuda:0") == torch.bfloat16
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8") if sys.platform == "linux" else ""
    if "avx2" in flags and "avx512" not in flags:
        assert working_type("auto", "cpu") == torch.float32
    elif "amx_bf16" in flags:
        assert working_type("auto", "cpu") == torch.bfloat16
    with pytest.raises(OptionError, match="no precision 'float16'"):
        working_type("float16", "cpu")


@pytest.mark.parametrize("precision", ["bfloat16", "float32"])
def test_a_network_computes_with_copies_of_its_masters(words: Vocabulary, precision: str) -> None:
    found = trainer(words, 12, precision=precision)
    found.run(quiet, never)
    live = dict(found.network.named_parameters())
    for name, master in found.masters.state()["master"].items():
        assert master.dtype == torch.float32
        assert live[name].dtype == PRECISIONS[precision]
        assert torch.equal(live[name], master.to(live[name].dtype))
    before = {name: weight.clone() for name, weight in live.items()}
    with found.masters.averaged():
        average = found.masters.average
        assert all(torch.equal(w, average[n].to(w.dtype)) for n, w in live.items())
    assert all(torch.equal(weight, before[name]) for name, weight in live.items())


def test_in_float32_steps_are_adams_on_clipped_gradients() -> None:
    ours, plain = random_network(SMALL), random_network(SMALL)
    masters = Masters(ours, working=torch.float32)
    adam = torch.optim.Adam(plain.parameters(), lr=1e-3, betas=(0.9, 0.98), eps=1e-9)
    for number in range(3):
        source, target = batch_of(SMALL, number)
        for network in (ours, plain):
            network.losses(network(source, target), target).smoothed.backward()
        masters.step(number, 1e-3, 1e-3)
        torch.nn.utils.clip_grad_norm_(plain.parameters(), 1.0)
        adam.step()
        adam.zero_grad()
    theirs = dict(plain.named_parameters())
    for name, weight in ours.named_parameters():
        # softmax does not see what is added to all keys: their gradient is rounding noise
        if not name.endswith(("qkv.bias", ".kv.bias")):
            assert torch.allclose(weight, theirs[name], atol=1e-5), name


def test_greedy_search_is_ctranslate2s(words: Vocabulary, tmp_path: Path) -> None:
    """In float32, beam 1, of a network that has learned to end."""
    learner = trainer(words, 150)
    learner.run(quiet, never)
    weights, shape = learner.masters.average, learner.network.shape
    network = network_of(weights, shape)
    network.eval()
    write_ctranslate(tmp_path, weights, shape, words.pieces, "float32")
    rows = words.encode([row[0] for row in pairs(12, 9)])
    found = {made.number: made for made in greedy(network, words, rows, "id-en", tokens=64)}
    assert sorted(found) == list(range(len(rows)))
    ended = [made for made in found.values() if made.pieces is not None]
    assert len(ended) > 6
    assert all(made.score < 0 for made in ended)
    pieces = words.pieces
    translator: Any = ctranslate2.Translator(str(tmp_path))
    source = [["ind_Latn", *(pieces[n] for n in row), "</s>"] for row in rows]
    results = translator.translate_batch(source, target_prefix=[["eng_Latn"]] * 12, beam_size=1)
    for made in ended:
        assert [pieces[n] for n in made.pieces or []] == results[made.number].hypotheses[0][1:]


def test_the_loss_falls_and_is_noted(words: Vocabulary) -> None:
    found = trainer(words, 60)
    before = found.measure(found.corpus, ("id-en", "en-id"))
    found.run(quiet, never)
    after = found.measure(found.corpus, ("id-en", "en-id"))
    assert after["id-en"] < before["id-en"] - 0.5
    assert found.curve == [before, after]


def test_the_guide_draws_attention_to_the_counterpart(words: Vocabulary) -> None:
    network = Network(replace(SMALL, vocabulary=words.size))
    batch = next(corpus(words, 16).ordered(0, 16))
    links = torch.zeros(words.size, words.size)
    first_tag = min(words.languages.values())
    adam = torch.optim.Adam(network.parameters(), lr=1e-2)
    losses = []
    for _ in range(30):
        kept: list[torch.Tensor] = []
        network(batch.source, batch.given, kept)
        loss = guide_loss(links, kept, batch, first_tag)
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    assert losses[-1] < 0.6 * losses[0]


def test_rates_rise_stay_and_fall() -> None:
    plan = Plan(rate=1.0, warmup=10, steps=100, decay=0.5)
    rates = [plan.rates(Clock(step=step))[0] for step in (0, 9, 40, 75, 99)]
    assert rates == pytest.approx([0.1, 1.0, 1.0, 0.5, 0.03])
    young = replace(plan, young=True)
    rate, table = young.rates(Clock(step=20))
    assert table == pytest.approx(0.2 * rate)


def test_a_plan_needs_an_end() -> None:
    with pytest.raises(OptionError, match="never end"):
        Plan()


def test_a_lexicon_of_another_vocabulary_is_refused(words: Vocabulary) -> None:
    other = Lexicon(torch.randn(7, 4), torch.zeros(7, 7))
    with pytest.raises(OptionError, match="make it again"):
        train.start_embeddings(other, Network(replace(SMALL, vocabulary=words.size)))


@pytest.mark.parametrize(
    "program",
    "card choose collect compare evaluate export filter gpu lexicon mean renames synthesise train"
    " vocabulary __main__".split(),
)
def test_every_program_explains_itself(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"recipe.{program}", "--help"],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'models'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "python -m recipe" in done.stdout
    assert "--record" in done.stdout


def test_an_error_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "recipe.export", "--weights", str(tmp_path)]
    done = subprocess.run(
        [*command, "--vocabulary", str(tmp_path / "none"), "--out", str(tmp_path)],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'models'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == InputError.exit_code
    assert done.stderr.startswith("recipe: no weights in")
    assert len(done.stderr.splitlines()) == 1
