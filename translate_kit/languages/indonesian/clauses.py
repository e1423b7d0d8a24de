"""Clause boundaries in Indonesian."""

from __future__ import annotations

from translate_kit.languages.clauses import Clauses

__all__ = ["DATA"]

DATA = Clauses(
    conjunctions=frozenset(
        "agar akibat apabila asalkan atau bahkan bahwa dan dengan hingga jika jikalau kala"
        " kalau karena kemudian kendati ketika lalu lantaran maka manakala maupun melainkan"
        " meski meskipun namun padahal saat sambil sampai sebab sebagaimana sebelum sedangkan"
        " sehingga sejak sekalipun selain selama semenjak sementara seperti seraya serta"
        " sesudah setelah sewaktu supaya tatkala tetapi tapi untuk usai walau walaupun yakni"
        " yaitu yang".split()
    ),
    openers=frozenset(
        "ada adapun agar akan akhirnya akibatnya anda apa apabila awal bagi bahkan bahwa"
        " banyak beberapa begitu belum berbagai bila bukan dalam dan dari dengan dia di guna"
        " hal hanya harga hingga ia ini itu jadi jika juga kalau kami kamu karena kata kedua"
        " kemudian kepada ketika kini kita lalu lebih maka mereka meski meskipun namun oleh"
        " pada padahal para pihak saat salah sampai satu saya se sebab sebagai sebanyak"
        " sebelum sebuah sedangkan sehingga sejak sejumlah sekitar selain selama sementara"
        " semua seperti seorang serta setelah setiap suatu sudah tak tapi telah tentang"
        " terhadap tetapi tidak untuk yang".split()
    ),
)
