"""How English words take their place in a sentence."""

from __future__ import annotations

from translate_kit.languages.wording import Indefinite, Wording

_FUNCTION = """
a about after against all also among an and another any are as at be been before being between both
but by can could did do does during each every for from had has have he her here him his how if in
into is it its just many may me might more most must my no nor not of off on one only or other our
out over own per same shall she should since so some such than that the their them then there these
they this those through to too under until up upon us was we were what when where which while who
whom whose will with within without would you your
"""

_IRREGULAR = """
child:children foot:feet goose:geese half:halves knife:knives leaf:leaves life:lives loaf:loaves
man:men mouse:mice ox:oxen person:people shelf:shelves thief:thieves tooth:teeth wife:wives
wolf:wolves woman:women
chairman:chairmen congressman:congressmen fireman:firemen fisherman:fishermen
policeman:policemen spokesman:spokesmen statesman:statesmen
chairwoman:chairwomen policewoman:policewomen spokeswoman:spokeswomen
grandchild:grandchildren schoolchild:schoolchildren chairperson:chairpeople
"""

DATA = Wording(
    function=frozenset(_FUNCTION.split()),
    possessives=("'s",),
    plurals=(
        *((f"{ending}es", ending) for ending in ("s", "x", "z", "ch", "sh")),
        *((f"{letter}ies", f"{letter}y") for letter in "bcdfghjklmnpqrstvwxz"),
        ("s", ""),
    ),
    derivations=tuple("n an ian ean nian ese ish i ic".split()),
    irregular=dict(pair.split(":") for pair in _IRREGULAR.split()),
    inflects_within=True,
    articles=frozenset({"a", "an", "the"}),
    determiners=frozenset(
        "a an another any each every her his its my no our some that the their these this those"
        " your".split()
    ),
    indefinite=Indefinite(
        plain="a",
        before_vowel="an",
        vowels="aeiou",
        sounds_consonant=tuple(
            "eu ewe one once ubiq ugan ukr unic unif unil union uniq unis unit univ uran urug usa"
            " use usu uten uter uto".split()
        ),
        sounds_vowel=tuple("heir honest honor honour hour".split()),
        spelled="AEFHILMNORSX",
    ),
)
