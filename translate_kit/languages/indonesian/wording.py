"""How Indonesian words take their place in a sentence.

Only endings that leave the word what it is are here: *menterinya*, *KPK-lah*. What derives a new
word (*me-*, *ke- -an*, *-i*) is left out. A glued ending needs a word of some length before it,
the more of it the more often it is part of the word (*Maluku*, *masalah*, *langkah*).
"""

from __future__ import annotations

from translate_kit.languages.wording import Wording

_FUNCTION = """
adalah agar akan antara apa atas atau bagi bahwa beberapa berbagai bisa dalam dan dapat dari
daripada dengan di dia hingga ia ialah ini itu jika kami kamu karena ke kepada ketika kita lalu
maka masih mereka namun oleh pada para pun sambil sampai sang saya sebagai sebuah secara sedang
sehingga sejak sejumlah selama semua seorang seperti serta setelah setiap si sudah suatu supaya
telah tentang terhadap tersebut tetapi untuk yakni yaitu yang
"""

DATA = Wording(
    function=frozenset(_FUNCTION.split()),
    enclitics={"nya": 3, "lah": 4, "kah": 4, "ku": 5, "mu": 5, "pun": 5},
    doubled=True,
    plural_before=frozenset({"para"}),
)
