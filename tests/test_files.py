"""Files: what is read, what is refused and how it is said, and that no half file stays."""

from __future__ import annotations

import errno
import os
import stat
import threading
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.errors import (
    EmptyInputError,
    EncodingError,
    InputError,
    OptionError,
    OutputError,
)
from translate_kit.files import (
    decode,
    decode_pieces,
    read_bytes,
    read_pieces,
    write_atomically,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWS = "JAKARTA – Harga beras naik 2,5 persen, kata Menteri.\r\n\r\n“Ini sementara,” katanya.\n"


@pytest.fixture
def ordinary() -> Iterator[Path]:
    """A folder, and the rights of an ordinary user: root may read and write everything."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        privileged = os.geteuid() == 0
        if privileged:
            os.seteuid(65534)
        yield Path(name)
        if privileged:
            os.seteuid(0)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Reading


def test_a_file_is_read_byte_by_byte(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(b"\xff\x00\r\n")
    assert read_bytes(path) == read_bytes(str(path)) == b"\xff\x00\r\n"


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("missing.txt", "no such file; check the name"),
        (".", "is a folder; name the files in it"),
        ("file/child.txt", "a part of the path is a file"),
        ("x" * 300, "the name is too long"),
        ("a\0b", "embedded null"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, name: str, cause: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=cause):
        read_bytes(f"{tmp_path}/{name}")


def test_a_file_without_permission_is_named(ordinary: Path) -> None:
    path = ordinary / "secret"
    path.touch(mode=0o000)
    with pytest.raises(InputError, match="no permission to read it"):
        read_bytes(path)


# Writing


@pytest.mark.parametrize("before", [None, b"old"])
def test_a_written_file_is_whole_and_alone(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "out.txt"
    if before is not None:
        path.write_bytes(before)
    write_atomically(path, b"new\n")
    assert path.read_bytes() == b"new\n"
    assert names(tmp_path) == ["out.txt"]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_of_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    previous = os.umask(umask)
    try:
        write_atomically(tmp_path / "out", b"")
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == mode


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.touch()
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("goal")
    for text in (b"made", b"replaced"):
        write_atomically(tmp_path / "link", text)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "goal").read_bytes() == text


def test_a_pipe_is_written_in_place(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_atomically(pipe, b"through")
    reader.join(timeout=10)
    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_no_half_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    (tmp_path / "out").write_bytes(b"old")

    def fail(_descriptor: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    expected = KeyboardInterrupt if isinstance(failure, KeyboardInterrupt) else OutputError
    with pytest.raises(expected, match=r"the disk is full|^$"):
        write_atomically(tmp_path / "out", b"new")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("no/such/out", "the folder does not exist; make it first"),
        (".", "is a folder; name a file in it"),
        ("file/out", "a part of the path is a file"),
        ("x" * 300, "the name is too long"),
        ("a\0b", "embedded null"),
    ],
)
def test_what_cannot_be_written_is_named_with_its_cause(
    tmp_path: Path, name: str, cause: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=cause):
        write_atomically(f"{tmp_path}/{name}", b"new")
    assert names(tmp_path) == ["file"]


def test_a_folder_without_permission_is_named(ordinary: Path) -> None:
    folder = ordinary / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="no permission to write there"):
        write_atomically(folder / "out", b"new")


# Decoding


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_recognised_and_kept_as_it_is(codec: str) -> None:
    assert decode(NEWS.encode(codec), None, "news.txt") == NEWS


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_either_byte_order_is_read(codec: str) -> None:
    assert decode(("\ufeff" + NEWS).encode(codec), None, "news.txt") == NEWS


@pytest.mark.parametrize("codec", ["windows-1252", "utf-8", "UTF8", "utf-16-le", "utf-8-sig"])
def test_a_named_encoding_is_obeyed(codec: str) -> None:
    assert decode(NEWS.encode(codec), codec, "news.txt") == NEWS


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map("x{}".format))
def test_decoding_changes_no_character(text: str) -> None:
    for codec in ("utf-8", "utf-16", "utf-8-sig"):
        assert decode(text.encode(codec), None, "-") == text


def test_bytes_of_another_encoding_are_refused_at_their_place() -> None:
    with pytest.raises(EncodingError) as caught:
        decode("caf\xe9".encode("latin-1"), None, "menu.txt")
    assert str(caught.value) == (
        "menu.txt: not text in utf-8 (byte 0xe9 at position 3); "
        "name its encoding with --encoding, as --encoding windows-1252"
    )


@pytest.mark.parametrize(
    ("data", "codec"), [(b"abc", "utf-16-le"), (b"\x81", "cp1252"), (b" x", "idna")]
)
def test_what_a_named_encoding_refuses_is_an_encoding_error(data: bytes, codec: str) -> None:
    if codec == "idna":
        data = b"xn--" + b"a" * 80
    with pytest.raises(EncodingError, match="not text in"):
        decode(data, codec, "x")


def test_half_characters_are_refused() -> None:
    with pytest.raises(EncodingError, match="not text in"):
        decode(rb"a\ud800b", "raw_unicode_escape", "x")


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "", "a\0b"])
def test_unknown_encodings_are_refused_even_for_nothing(name: str) -> None:
    for data in (b"", b"6869"):
        with pytest.raises(OptionError, match=r"unknown encoding .* such as utf-8"):
            decode(data, name, "x")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\u2003".encode()]
)
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyInputError, match="x: no text in it"):
        decode(data, None, "x")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04\x14\0\x08",
        NEWS.encode("utf-16-le"),
        bytes(range(1, 32)),
        b"text\0with a zero",
    ],
)
def test_binary_input_is_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match=r"x is no text; if it is, name its encoding"):
        decode(data, None, "x")


def test_a_stray_control_character_is_still_text() -> None:
    text = NEWS + "\x0c" + NEWS + "\x1b[1m\x07"
    assert decode(text.encode(), None, "x") == text


# Decoding a piece at a time


def cut(data: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({min(place, len(data)) for place in places} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(ends)]


@settings(deadline=None)
@given(
    st.text(min_size=1, max_size=60).filter(str.strip),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.lists(st.integers(0, 260), max_size=6),
)
def test_pieces_give_the_text_of_the_whole(text: str, codec: str, places: list[int]) -> None:
    data = ("Harga naik. " + text).encode(codec)
    pieces = [data] if not codec.startswith("utf-8") else cut(data, places)
    try:
        whole = decode(data, None, "x")
    except InputError:
        return  # control characters: how many are too many depends on the piece
    with suppress(InputError):
        assert "".join(decode_pieces(pieces, None, "x")) == whole


@pytest.mark.parametrize("at", [1, 30_000, 70_000])
def test_a_bad_byte_in_pieces_is_named_with_its_place(at: int) -> None:
    data = b"a" * at + b"\xff" + b"a" * 9
    with pytest.raises(EncodingError, match=rf"byte 0xff at position {at}\)"):
        list(decode_pieces([data[n : n + 4096] for n in range(0, len(data), 4096)], None, "x"))


def test_a_character_cut_short_at_the_end_is_named_with_its_place() -> None:
    with pytest.raises(EncodingError, match=r"position 5\)"):
        list(decode_pieces([b"harga", b"\xe2\x80"], None, "x"))


@pytest.mark.parametrize("pieces", [[], [b""], [b" ", b"\n"]])
def test_pieces_without_text_are_refused(pieces: list[bytes]) -> None:
    with pytest.raises(EmptyInputError):
        list(decode_pieces(pieces, None, "x"))


def test_a_file_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"naik" * 50_000)
    assert b"".join(read_pieces(path)) == path.read_bytes()
    with pytest.raises(InputError, match="no such file"):
        list(read_pieces(tmp_path / "none"))
