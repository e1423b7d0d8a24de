"""Every rule of the decision layer, shown deciding: ‖ marks the candidate in question."""

from __future__ import annotations

import pytest

from translate_kit.segment import SegmentOptions, explain
from translate_kit.segment.rules import RULES

YES, NO = True, False

EXAMPLES = [
    ("number", NO, "id", "Harganya 1.‖400 rupiah."),
    ("address", NO, "id", "Menurut detik.‖com, harga naik."),
    ("address", NO, "id", "Kirim ke siti.‖aminah@surat.id hari ini."),
    ("forgotten_space", YES, "id", "Rapat selesai.‖Kemudian mereka pulang."),
    ("forgotten_space", YES, "id", "“Selesai,” katanya.‖“Mari pulang,” ajaknya."),
    ("scripts_without_case", YES, "id", "ราคาข้าว.‖ขึ้น"),
    ("inside_word", NO, "id", "Haryono, S.‖H. hadir."),
    ("list_marker", NO, "id", "1. ‖Siapkan dua gelas air."),
    ("marker_after_colon", NO, "id", "Syaratnya: 1. ‖Lulus ujian."),
    ("punctuation_follows", NO, "id", "Beras, gula, dll. ‖, habis terjual."),
    ("bracketed_mark", NO, "id", "Anggaran itu [...] ‖Menurut dia cukup."),
    ("embedded_quotation", NO, "id", "Spanduk berbunyi “Jangan takut. ‖Maju terus” terpasang."),
    ("inside_brackets", NO, "id", "Ia (lahir di Solo. ‖Lihat Bab 2) pindah."),
    ("source_in_brackets", NO, "id", "“Saya lelah.” ‖(Ibu rumah tangga, Blitar)"),
    ("attribution", NO, "id", "“Tolong!” ‖teriaknya."),
    ("attribution", NO, "id", "“Jalan ditutup.” ‖– Dinas Perhubungan"),
    ("speaker_before_verb", NO, "en", '"Is it over?" ‖Maria Gomez asked.'),
    ("quoted_title", NO, "id", "Film “Awas!” ‖Karya Joko diputar."),
    ("mixed_case_name", YES, "id", "Pasar ponsel lesu. ‖iPhone tetap laku."),
    ("ellipsis_goes_on", NO, "id", "Saya... ‖saya tidak tahu."),
    ("dash_goes_on", NO, "en", "Just imagine! ‖— the whole town came."),
    ("bracket_goes_on", NO, "id", "Ia datang (terlambat!) ‖lalu pergi."),
    ("question_before_small", YES, "id", "Mengapa? ‖karena takut."),
    ("question_before_small", NO, "id", "Benarkah? ‖tanya warga."),
    ("exclamation_before_small", NO, "id", "Pengguna Yahoo! ‖di Bali berkurang."),
    ("exclamation_before_small", YES, "id", "Sungguh mahal! ‖semua orang mengeluh."),
    ("small_after_stop", YES, "id", "Warga menolak. ‖mereka takut banjir."),
    ("small_after_stop", YES, "id", "Ia lulus tahun 2015. ‖setelah itu ia merantau."),
    ("small_after_stop", NO, "id", "Kantor Kec. ‖tebet pindah."),
    ("time_of_day_first", NO, "en", "At 7 a.m. ‖Mrs. Lane woke."),
    ("clock_before_title", YES, "en", "The bank closed its doors at 6 p.m. ‖Mr. Lane was late."),
    ("brackets_explain", NO, "id", "Saham Tbk. ‖(Persero) naik."),
    ("labelled_letter", YES, "id", "Buah itu kaya vitamin C. ‖Anak-anak suka."),
    ("alone_in_brackets", NO, "id", "Jenderal (Purn.) ‖Widodo diam."),
    ("name_follows", NO, "id", "Menurut Prof. ‖Emil, suhu naik."),
    ("name_follows", YES, "id", "Ia kini berpangkat Ipda. ‖Dia bangga."),
    ("number_follows", NO, "id", "Surat Edaran No. ‖12 dicabut."),
    ("document_number", NO, "id", "Peraturan No. XI. ‖B.2 dicabut."),
    ("label_before_number", NO, "id", "Kode Pos. ‖43357 berlaku."),
    ("degree_behind_name", YES, "id", "Penggugat adalah Andi, S.H. ‖Rahmat menyusul."),
    ("opener_follows", YES, "id", "Sammy Davis Jr. ‖Ia bernyanyi."),
    ("opener_follows", NO, "id", "Martin Luther King Jr. ‖Memorial dibuka."),
    ("function_word_follows", NO, "en", "He works for the U.S. ‖Government."),
    ("function_word_follows", YES, "en", "He lives in the U.S. ‖The rest do not."),
    ("capital_follows", YES, "id", "Beras, gula, dll. ‖Jakarta kekurangan."),
    ("capital_follows", NO, "id", "Perusahaan itu Oceanic Pte. ‖Ltd. dari Singapura."),
    ("dotted", NO, "id", "Cerpen H.O.S. ‖Tjokroaminoto dibaca."),
    ("dotted", YES, "id", "Ia bertemu Budi, S.Kom. ‖Rahmat menyusul."),
    ("initial", NO, "id", "Penyair Chairil A. ‖Rachman wafat."),
    ("initial", YES, "id", "Namanya Bagus P. ‖Ia tinggal di Depok."),
    ("without_vowels", NO, "id", "Warga bernama Kprs. ‖Suradi datang."),
    ("ellipsis", YES, "id", "Hujan turun… ‖Semua berlari."),
    ("ellipsis", NO, "id", "Yang menang… ‖Indonesia!"),
    ("exclaiming_name", NO, "id", "Layanan Yahoo! ‖Finance ditutup."),
    ("emoji", YES, "id", "Kami rindu 😢 ‖Semoga cepat pulang."),
    ("emoji", NO, "id", "Aku ❤ ‖Indonesia."),
    ("question_or_exclamation", YES, "id", "Gol! ‖Stadion bergemuruh."),
    ("full_stop", YES, "id", "Harga naik. ‖Warga mengeluh."),
    ("full_stop", NO, "en", "The speaker was Hale, ret. ‖Doe listened."),
]

UNMARKED = [
    ("blank_line", "id", "Banjir Rendam Desa\n\n‖Hujan turun."),
    ("list_item", "id", "1. Pas foto ‖2. Ijazah"),
    ("lost_stop", "id", "Warga keluhkan jalan rusak ‖Menurut kepala desa, belum ada dana."),
]

WHOLE = SegmentOptions(split_quotations=False)


@pytest.mark.parametrize(("rule", "boundary", "language", "marked"), EXAMPLES)
def test_the_rule_decides(rule: str, boundary: bool, language: str, marked: str) -> None:  # noqa: FBT001  # a table's column
    position, text = marked.index("‖"), marked.replace("‖", "")
    found = {d.position: d for d in explain(text, language)}
    assert (found[position].rule, found[position].boundary) == (rule, boundary)
    assert found[position].reason


@pytest.mark.parametrize(("rule", "language", "marked"), UNMARKED)
def test_boundaries_without_a_mark(rule: str, language: str, marked: str) -> None:
    position, text = marked.index("‖"), marked.replace("‖", "")
    assert [d.rule for d in explain(text, language) if d.position == position] == [rule]


def test_whole_quotations_when_asked_for() -> None:
    text = "“Air naik. Kami lari,” kata Wati. Rumahnya hilang."
    decisions = {d.position: d for d in explain(text, "id", WHOLE)}
    assert (decisions[11].rule, decisions[11].boundary) == ("whole_quotation", False)
    assert decisions[34].boundary


def test_every_rule_is_shown() -> None:
    shown = {rule for rule, *_ in EXAMPLES} | {"whole_quotation"}
    assert shown == {rule.__name__ for rule in RULES}


def test_every_rule_says_what_it_is_for() -> None:
    for rule in RULES:
        assert (rule.__doc__ or "").endswith(".")
