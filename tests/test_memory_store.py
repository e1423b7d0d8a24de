"""The memory in a file: exact, shared by processes, and sound whatever happens to a writer."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import HOSTILE, bitexts

import translate_kit as tk
from translate_kit.memory import context_digest
from translate_kit.memory.normal import normalised
from translate_kit.memory.people import bitext_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[1]
WAY = ("id", "en")
CONTEXT = context_digest([("model", "0f3c"), ("beam_size", "4")])
OTHER = context_digest([("model", "0f3c"), ("beam_size", "5")])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "house.db"


@pytest.fixture
def store(path: Path) -> Iterator[tk.MemoryStore]:
    with tk.MemoryStore(path) as opened:
        yield opened


def human(*pairs: tuple[str, str], way: tuple[str, str] = WAY) -> tk.Bitext:
    return bitext_of(pairs, way)


def child(code: str, *arguments: str | Path, before: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start another process with a program that has ``tk``, ``WAY`` and ``CONTEXT``."""
    head = f"import sys, translate_kit as tk\nWAY, CONTEXT = {WAY!r}, {CONTEXT!r}\n"
    return subprocess.Popen(
        [*before, sys.executable, "-c", head + code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# Machines


def test_a_rendering_comes_back_for_the_same_sentence_alone(store: tk.MemoryStore) -> None:
    store.remember([("Pasar sepi.", b"\0\xff"), ("Kafé.", b"2")], CONTEXT)
    asked = ["Pasar sepi.", "Pasar  sepi.", "pasar sepi.", "Kafe\u0301.", "Kafé.", "", "\ud800"]
    assert store.recall(asked, CONTEXT) == {"Pasar sepi.": b"\0\xff", "Kafé.": b"2"}
    assert store.recall(asked, OTHER) == {}


def test_of_sentences_that_differ_in_white_space_the_last_is_kept(store: tk.MemoryStore) -> None:
    store.remember([("Pasar sepi.", b"1"), ("Pasar\nsepi.", b"2")], CONTEXT)
    assert store.recall(["Pasar sepi.", "Pasar\nsepi."], CONTEXT) == {"Pasar\nsepi.": b"2"}
    store.remember([("Pasar sepi.", b"3")], CONTEXT)
    assert store.recall(["Pasar sepi.", "Pasar\nsepi."], CONTEXT) == {"Pasar sepi.": b"3"}
    assert store.info().machine == {CONTEXT: 1}


def test_a_context_is_the_same_in_any_order_and_for_nothing_else() -> None:
    pairs = [("model", "ab"), ("beam_size", "4"), ("glossary", "")]
    assert context_digest(pairs) == context_digest(reversed(pairs))
    others: list[list[tuple[str, str]]] = [
        [],
        pairs[1:],
        [*pairs, pairs[0]],
        [("model", "a"), ("b", "beam_size"), ("4", "glossary")],
        [("modela", "b"), *pairs[1:]],
        [("model", "ab"), ("beam_size", "4\0"), ("glossary", "")],
    ]
    digests = {context_digest(other) for other in [pairs, *others]}
    assert len(digests) == 1 + len(others)


@pytest.mark.parametrize("context", ["", "id-en", "0F3C" * 16])
def test_what_is_no_digest_is_no_context(store: tk.MemoryStore, context: str) -> None:
    with pytest.raises(ValueError, match="no digest"):
        store.recall(["a"], context)
    with pytest.raises(ValueError, match="no digest"):
        store.remember([("a", b"")], context)


_texts = st.sampled_from(
    ["Pasar sepi.", "Pasar  sepi.", " Pasar sepi.", "Pasar\u00a0sepi.", "pasar sepi.", "Kafé", ""]
) | st.text(max_size=4)
_options = st.tuples(
    st.sampled_from(["0f3c", "0f3d"]),
    st.sampled_from(["id-en", "en-id"]),
    st.sampled_from(["4", "5"]),
    st.sampled_from(["", "ab12"]),
)
_steps = st.lists(
    st.tuples(_options, st.lists(st.tuples(_texts, st.binary(max_size=3)), max_size=4)), max_size=6
)


@settings(deadline=None, max_examples=60)
@given(_steps, st.lists(_texts, max_size=8))
def test_nothing_but_the_last_rendering_in_the_very_context_is_ever_reused(
    steps: list[tuple[tuple[str, ...], list[tuple[str, bytes]]]], asked: list[str]
) -> None:
    names = ("model", "direction", "beam_size", "glossary")
    said: dict[tuple[tuple[str, ...], str], bytes] = {}
    with tk.MemoryStore(":memory:") as store:
        for options, items in steps:
            store.remember(items, context_digest(zip(names, options, strict=True)))
            said.update({((*options,), source): payload for source, payload in items})
        for options, _ in steps:
            context = context_digest(zip(names, options, strict=True))
            wanted = [*asked, *(source for _, items in steps for source, _ in items)]
            found = store.recall(wanted, context)
            for source, payload in found.items():
                assert payload == said[options, source]
        for options, items in steps[-1:]:
            last = {normalised(source): source for source, _ in items}
            context = context_digest(zip(names, options, strict=True))
            assert {*store.recall(list(last.values()), context)} == {*last.values()}


def test_thousands_come_back_at_once(store: tk.MemoryStore) -> None:
    items = [(f"Kalimat {n}.", str(n).encode()) for n in range(3_000)]
    store.remember(iter(items), CONTEXT)
    assert store.recall([source for source, _ in items], CONTEXT) == dict(items)
    assert list(store.recall(["Kalimat 7.", "Kalimat 7."], CONTEXT)) == ["Kalimat 7."]


def test_pruning_keeps_the_contexts_in_use_and_all_of_peoples(
    store: tk.MemoryStore, path: Path
) -> None:
    store.add_human([human(("Pasar sepi.", "The market stood empty."))])
    store.remember([(f"Kalimat {n}.", bytes(2_000)) for n in range(500)], OTHER)
    store.remember([("Pasar sepi.", b"1")], CONTEXT)
    before = path.stat().st_size + path.with_name("house.db-wal").stat().st_size
    assert store.prune([CONTEXT]) == 500
    assert path.stat().st_size < before / 4
    assert store.info().machine == {CONTEXT: 1}
    assert store.prune() == 1
    assert store.info().human == {"id-en": 1}
    store.remember([("Pasar sepi.", b"2")], CONTEXT)
    assert store.recall(["Pasar sepi."], CONTEXT) == {"Pasar sepi.": b"2"}


# People


def test_people_take_precedence(store: tk.MemoryStore) -> None:
    sources = ["Pasar sepi.", "Harga naik.", "Lain."]
    store.remember([(source, b"m") for source in sources[:2]], CONTEXT)
    store.add_human([human(("Pasar  sepi.", "The market stood empty."))])
    known = store.lookup(sources, WAY, CONTEXT)
    assert known.human == {"Pasar sepi.": "The market stood empty."}
    assert known.machine == {"Harga naik.": b"m"}
    back = store.lookup(sources, ("en", "id"), CONTEXT)
    assert back.human == {}
    assert [*back.machine] == sources[:2]


def test_only_what_people_made_is_taken_in_and_the_newest_counts(store: tk.MemoryStore) -> None:
    made = human(("Satu.", "One."), ("Dua.", "Two."))
    origins = (tk.Bead(range(1), range(1), "model"), tk.Bead(range(1, 2), range(1, 2), "memory"))
    assert store.add_human([tk.Bitext(made.source, made.target, origins)]) == 0
    assert store.add_human([made]) == 2
    assert store.add_human([made]) == 0
    assert store.add_human([human(("Satu.", "First."), ("Tiga.", "Three."))]) == 2
    wanted = {"Satu.": "First.", "Dua.": "Two.", "Tiga.": "Three."}
    assert store.human([*wanted], WAY) == wanted


def test_directions_are_apart(store: tk.MemoryStore) -> None:
    there, back = human(("Satu.", "One.")), human(("One.", "Satu."), way=("en", "id"))
    assert store.add_human([there, back], WAY) == 1
    assert store.human(["One."], ("en", "id")) == {}
    assert store.add_human([there, back]) == 1
    assert store.human(["One.", "Satu."], ("en", "id")) == {"One.": "Satu."}
    assert store.info().human == {"en-id": 1, "id-en": 1}


def test_it_serves_as_a_memory_of_bilingual_files_does(store: tk.MemoryStore) -> None:
    pairs = [
        human(("Pasar\nsepi, kafe\u0301 juga.", "Old.")),
        human(("Pasar sepi, kafé juga.", "N.")),
    ]
    store.add_human(pairs)
    lazy, eager = store.memory(WAY), tk.Memory.of(pairs, WAY)
    assert dict(lazy.entries) == eager.entries
    assert len(lazy.entries) == 1
    for sentence in ("Pasar  sepi, kafé juga.", "Pasar ramai.", "\ud800", ""):
        assert lazy.recall(sentence) == eager.recall(sentence)


@settings(deadline=None, max_examples=40)
@given(st.lists(bitexts(), max_size=3))
def test_it_knows_what_a_memory_of_the_same_files_knows(documents: list[tk.Bitext]) -> None:
    memory = tk.Memory.of(documents, WAY)
    with tk.MemoryStore(":memory:") as store:
        assert store.add_human(documents) == len(memory.entries)
        assert dict(store.memory(WAY).entries) == memory.entries


def test_the_fingerprint_is_of_the_texts_whatever_the_history(
    store: tk.MemoryStore, tmp_path: Path
) -> None:
    empty = store.fingerprint(WAY)
    store.add_human([human(("Satu.", "One."))])
    one = store.fingerprint(WAY)
    store.remember([("Dua.", b"")], CONTEXT)
    store.add_human([human(("One.", "Satu."), way=("en", "id"))], origin="other.tmx")
    assert store.fingerprint(WAY) == one
    store.add_human([human(("Satu.", "First."), ("Dua.", "Two."))])
    two = store.fingerprint(WAY)
    with tk.MemoryStore(tmp_path / "other.db") as other:
        assert other.fingerprint(WAY) == empty
        other.add_human([human(("Dua.", "Two."), ("Satu.", "First."))], origin="b.tmx")
        assert other.fingerprint(WAY) == two
        with closing(sqlite3.connect(other.path, isolation_level=None)) as stranger:
            stranger.execute("DELETE FROM human WHERE source = 'Dua.'")
            stranger.execute("UPDATE human SET target = 'One.'")
        assert other.fingerprint(WAY) == one, "whoever changes it"
    assert len({empty, one, two, store.fingerprint(("en", "id"))}) == 4


@pytest.mark.parametrize("name", ["tmx", "jsonl", "xliff", "xliff2", "csv"])
def test_what_goes_out_comes_in_again(store: tk.MemoryStore, name: str) -> None:
    texts = [text.strip() for text in HOSTILE]
    store.add_human([human(*zip(texts, reversed(texts), strict=True))])
    data = tk.write_bitexts(store.bitexts(), name)
    with tk.MemoryStore(":memory:") as other:
        other.add_human(tk.read_bitexts(data, name, tk.Reading()))
        assert other.info().human == store.info().human
        assert other.fingerprint(WAY) == store.fingerprint(WAY)
        assert tk.write_bitexts(other.bitexts(WAY), name) == data
        assert other.bitexts(("en", "id")) == ()


def test_a_memory_of_another_program_is_peoples_work(store: tk.MemoryStore) -> None:
    data = (
        b'<tmx version="1.4"><header srclang="id-ID" creationtool="OmegaT"/><body><tu>'
        b'<tuv xml:lang="id-ID"><seg>Pasar  sepi.</seg></tuv>'
        b'<tuv xml:lang="en-GB"><seg>The market\nis <bpt i="1">b</bpt>quiet.</seg></tuv>'
        b"</tu></body></tmx>"
    )
    store.add_human(tk.read_bitexts(data, "tmx", tk.Reading()))
    assert store.human(["Pasar sepi."], WAY) == {"Pasar sepi.": "The market is quiet."}


# Several at once

_WRITER = """
me = sys.argv[2]
with tk.MemoryStore(sys.argv[1]) as store:
    for n in range(40):
        items = [(f"Kalimat {me}-{n}-{k}.", f"{me}-{n}-{k}".encode()) for k in range(20)]
        items.append(("Bersama.", me.encode()))
        store.remember(items, CONTEXT)
        assert store.recall([s for s, _ in items[:20]], CONTEXT) == dict(items[:20])
        assert store.recall(["Bersama."], CONTEXT)["Bersama."] in (b"a", b"b", b"c", b"d")
        text = f"Orang {me}-{n}."
        block = tk.Block("paragraph", text, (tk.Sentence(0, len(text)),))
        one, other = (tk.Document(language, (block,)) for language in WAY)
        store.add_human([tk.Bitext(one, other, (tk.Bead(range(1), range(1), "human"),))])
        store.fingerprint(WAY), store.info()
"""


def test_four_processes_write_and_read_one_new_file_and_nothing_is_lost(path: Path) -> None:
    children = [child(_WRITER, path, name) for name in "abcd"]
    assert [process.wait(60) for process in children] == [0] * 4
    for process in children:
        process.communicate()
    wanted = [f"{m}-{n}-{k}" for m in "abcd" for n in range(40) for k in range(20)]
    with tk.MemoryStore(path, create=False) as store:
        found = store.recall([f"Kalimat {name}." for name in wanted], CONTEXT)
        assert found == {f"Kalimat {name}.": name.encode() for name in wanted}
        assert store.info().human == {"id-en": 160}
    assert is_sound(path)


def test_threads_share_one_store(store: tk.MemoryStore) -> None:
    def work(me: int) -> None:
        for n in range(20):
            store.remember([(f"{me}-{n}", b"x")], CONTEXT)
            store.add_human([human((f"{me}-{n}", "y"))])
            assert store.recall([f"{me}-{n}"], CONTEXT)
            assert store.near(f"{me}-{n}", WAY, 1.0)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.info().machine == {CONTEXT: 80}
    assert store.info().human == {"id-en": 80}


_FORK = """
import os
with tk.MemoryStore(sys.argv[1]) as store:
    store.remember([("Satu.", b"1")], CONTEXT)
    number = os.fork()
    if number == 0:
        known = store.recall(["Satu."], CONTEXT) == {"Satu.": b"1"}
        store.remember([("Dua.", b"2")], CONTEXT)
        os._exit(0 if known else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 0
    store.remember([("Tiga.", b"3")], CONTEXT)
    assert [*store.recall(["Satu.", "Dua.", "Tiga."], CONTEXT).values()] == [b"1", b"2", b"3"]
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_opens_the_file_for_itself(path: Path) -> None:
    process = child(_FORK, path)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert is_sound(path)


_ENDLESS = """
with tk.MemoryStore(sys.argv[1]) as store:
    begun = int(sys.argv[2])
    for n in range(begun, 10**9):
        store.remember([(f"{n}-{k}", bytes(500)) for k in range(200)], CONTEXT)
        print(n, flush=True)
"""


def test_a_killed_writer_leaves_whole_transactions_and_a_sound_file(path: Path) -> None:
    moments = random.Random(7)
    done = 0
    for _ in range(6):
        process = child(_ENDLESS, path, str(done))
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(moments.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        told = (first + process.communicate()[0]).split()
        with tk.MemoryStore(path) as store:
            count = store.info().machine[CONTEXT]
            assert count % 200 == 0, "all of a transaction or nothing"
            assert count >= 200 * (int(told[-1]) + 1), "what was done stays"
            done = count // 200
            assert len(store.recall([f"{done - 1}-{k}" for k in range(200)], CONTEXT)) == 200
        assert is_sound(path)


# What goes wrong


def test_a_store_that_was_closed_is_a_mistake(store: tk.MemoryStore) -> None:
    store.close()
    store.close()
    with pytest.raises(ValueError, match=r"house\.db' is closed"):
        store.recall(["a"], CONTEXT)


def test_what_fails_halfway_leaves_nothing(store: tk.MemoryStore) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        store.add_human([human(("Satu.", "One."), ("Dua.", "half \ud800"))])
    assert store.info().human == {}
    store.add_human([human(("Satu.", "One."))])
    assert store.info().human == {"id-en": 1}


def _no_database(path: Path) -> None:
    path.write_bytes(b"Harga beras naik.\n" * 100)


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE articles (text)")


def _later_schema(path: Path) -> None:
    tk.MemoryStore(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (_no_database, "it is no SQLite database; name another file"),
        (_other_database, "holds no memory; name another file"),
        (_later_schema, "of schema 99, newer than 1; update translate-kit"),
        (Path.mkdir, "is a folder; name a file in it"),
    ],
)
def test_other_files_are_refused_as_they_are(
    path: Path, make: Callable[[Path], object], cause: str
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(tk.InputError, match=rf"house\.db.*{cause}"):
        tk.MemoryStore(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_file_that_is_not_there_is_made_only_where_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(tk.InputError, match=r"no memory '.*none\.db'; check the name"):
        tk.MemoryStore(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(tk.OutputError, match="its folder does not exist; make it first"):
        tk.MemoryStore(tmp_path / "none" / "a.db")
    with pytest.raises(tk.InputError, match="check the name"):
        tk.MemoryStore("a\0b.db")


def test_a_memory_is_known_by_its_name_or_by_what_is_in_it(tmp_path: Path) -> None:
    with tk.MemoryStore(tmp_path / "plain"):
        assert tk.MemoryStore.recognises(tmp_path / "plain")
    (tmp_path / "checked.tmx").write_bytes(b"<tmx/>")
    os.mkfifo(tmp_path / "pipe")
    for name in ("checked.tmx", "pipe", "none.tmx", "", "a\0b"):
        assert not tk.MemoryStore.recognises(tmp_path / name)
    for name in ("new.db", "new.SQLite", "new.sqlite3", "new.tkm"):
        assert tk.MemoryStore.recognises(name)


def test_damage_is_said(path: Path) -> None:
    with tk.MemoryStore(path) as store:
        store.remember([(f"Kalimat {n}.", bytes(500)) for n in range(300)], CONTEXT)
    data = bytearray(path.read_bytes())
    data[4096:] = random.Random(1).randbytes(len(data) - 4096)
    path.write_bytes(data)
    damaged = pytest.raises(tk.InputError, match="it is damaged; bring back a copy")
    with damaged, tk.MemoryStore(path) as store:
        store.recall([f"Kalimat {n}." for n in range(300)], CONTEXT)


def test_a_lock_that_stays_is_said(path: Path) -> None:
    with tk.MemoryStore(path, timeout=0.1) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.recall(["Satu."], CONTEXT) == {}, "reading goes on"
        with pytest.raises(tk.OutputError, match="another program keeps it locked; end that one"):
            store.remember([("Satu.", b"1")], CONTEXT)
        other.execute("ROLLBACK")
        store.remember([("Satu.", b"1")], CONTEXT)
        assert store.recall(["Satu."], CONTEXT) == {"Satu.": b"1"}


@pytest.fixture
def ordinary() -> Iterator[Path]:
    """A folder, and the rights of an ordinary user: root may write everything."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        privileged = os.geteuid() == 0
        if privileged:
            os.seteuid(65534)
        yield Path(name)
        if privileged:
            os.seteuid(0)


def test_what_can_only_be_read_is_read_and_not_written(ordinary: Path) -> None:
    path = ordinary / "house.db"
    with tk.MemoryStore(path) as store:
        store.add_human([human(("Satu.", "One."))])
    path.chmod(0o444)
    with tk.MemoryStore(path) as store:
        assert store.human(["Satu."], WAY) == {"Satu.": "One."}
        with pytest.raises(tk.OutputError, match="it can only be read; change its permissions"):
            store.add_human([human(("Satu.", "First."))])
    shut = ordinary / "shut"
    shut.mkdir(mode=0o555)
    with pytest.raises(tk.OutputError, match="no permission to read and write there"):
        tk.MemoryStore(shut / "new.db")


_FULL = """
from pathlib import Path
ballast = Path(sys.argv[1], "ballast")
with tk.MemoryStore(Path(sys.argv[1], "house.db")) as store:
    store.remember([("Satu.", b"1")], CONTEXT)
    try:
        with ballast.open("wb") as file:
            while True:
                file.write(bytes(4096))
                file.flush()
    except OSError:
        pass
    try:
        store.remember([(f"Kalimat {n}.", bytes(1000)) for n in range(200)], CONTEXT)
    except tk.OutputError as error:
        print(error)
    assert store.recall(["Satu.", "Kalimat 7."], CONTEXT) == {"Satu.": b"1"}
    ballast.unlink()
    store.remember([(f"Kalimat {n}.", bytes(1000)) for n in range(200)], CONTEXT)
    assert store.info().machine == {CONTEXT: 201}
"""
_MOUNT = 'mount -t tmpfs -o size=2m tmpfs "$0" && exec "$@"'
_ALONE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")


def _can_mount() -> bool:
    with TemporaryDirectory() as name:
        words = [*_ALONE, _MOUNT, name, "true"]
        return bool(shutil.which(words[0])) and not subprocess.run(words, check=False).returncode


@pytest.mark.skipif(not _can_mount(), reason="needs a small disk: unshare and tmpfs")
def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    process = child(_FULL, tmp_path, before=(*_ALONE, _MOUNT, str(tmp_path)))
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "house.db': the disk is full; make room and do it again" in told
