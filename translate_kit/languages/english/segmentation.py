"""Sentences, abbreviations and news lines in English."""

from __future__ import annotations

from translate_kit.languages.segmentation import Abbreviations, Follow, LineMarks, Segmentation

__all__ = ["DATA"]


def _class(name: str, follow: Follow, words: str) -> Abbreviations:
    return Abbreviations(name, follow, frozenset(words.split()))


_ABBREVIATIONS = (
    _class(
        "title",
        "name",
        """
        mr mrs ms messrs mme mlle dr prof rev fr sr br st ste mt hon gen lt col maj capt cmdr comr
        cpl sgt pvt adm brig gov sen rep reps sens pres supt insp det amb atty asst dir pfc
        MR MRS DR
        """,
    ),
    _class(
        "company suffix", "opener", "inc ltd pte pty co corp llc plc bros cos assn dept univ mfg"
    ),
    _class("street", "opener", "ave blvd rd hwy pkwy sq apt"),
    _class(
        "reference",
        "number",
        "no nos n° p pp vol vols ch sec secs fig figs eq art arts para ver ed op ext tel cl pt pts",
    ),
    _class(
        "day or month",
        "number",
        """
        Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
        """,
    ),
    _class(
        "state or land",
        "function",
        """
        Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky Mass Md Mich Minn Miss Mo Mont
        Neb Nev Okla Ore Penn Tenn Tex Vt Va Wash Wis Wyo u.s u.s.a u.k u.n e.u d.c u.a.e
        """,
    ),
    _class(
        "short word",
        "name",
        "e.g i.e viz cf vs v v.s ca approx al est incl esp a.k.a aka c/o",
    ),
    _class("closing word", "capital", "etc"),
    _class("unit", "opener", "ft lb lbs oz kg km cm mm mi yd hr hrs mph bn"),
    _class("clock", "opener", "a.m p.m am pm"),
    _class("generation", "opener", "jr snr jnr esq"),
)

_SPEECH = frozenset(
    "said says say asked asks added adds told wrote writes tweeted replied answered shouted cried"
    " exclaimed recalled explained continued noted declared insisted argued warned joked yelled"
    " wondered whispered demanded remarked quipped posted chanted".split()
)

_LINES = LineMarks(
    byline=("by ", "reported by", "written by", "edited by", "editing by", "reporting by"),
    caption=("photo:", "(photo:", "image:", "picture:", "file photo", "illustration:", "video:"),
    credits=("(photo:", "(photo by", "getty images)", "(ap photo", "(image:", "reuters)"),
    aside=("read more", "read also", "also read", "related:", "see also", "watch:"),
    dates=frozenset(
        "monday tuesday wednesday thursday friday saturday sunday january february march april"
        " may june july august september october november december jan feb mar apr jun jul aug"
        " sep sept oct nov dec am pm gmt est".split()
    ),
    agencies=frozenset(
        "ap afp reuters upi cnn bbc antara xinhua bernama bloomberg cnbc voa npr".split()
    ),
    places=frozenset(
        "amman ankara athens atlanta baghdad bangkok beijing beirut berlin boston brussels"
        " cairo canberra chicago damascus delhi detroit doha dubai frankfurt gaza geneva hanoi"
        " hong houston islamabad istanbul jakarta jerusalem kabul kong kuala kyiv lagos london"
        " los angeles lumpur madrid manila melbourne mexico city miami moscow mumbai nairobi"
        " new york paris philadelphia phoenix rome san francisco santiago seattle seoul"
        " shanghai singapore sydney taipei tehran tokyo toronto vienna washington wellington"
        " yangon".split()
    ),
)

DATA = Segmentation(
    abbreviations=_ABBREVIATIONS,
    attributions=_SPEECH,
    capital_attributions=frozenset(),
    reporting=_SPEECH | frozenset("saying asking adding writing".split()),
    binding=frozenset(),
    continuations=frozenset(
        "and or but nor yet so with for that which who of in on at to from by as because while when"
        " where is was are were has had".split()
    ),
    resuming=frozenset(),
    labels=frozenset(
        "group class vitamin hepatitis type plan grade section part appendix table figure chapter"
        " level category channel hall gate route schedule exhibit title model block unit room team"
        " phase".split()
    ),
    number_labels=frozenset("number page line room box".split()),
    exclaiming=frozenset("yahoo jeopardy wham hello yum joomla".split()),
    openers=frozenset(
        "the a an he she it they we you i this that these those there his her its their our my your"
        " in on at but and so if when while after before as for from by however meanwhile although"
        " though because since what who how why where which did does do is are was were has have"
        " not no one some many most all both each every another other such then now here still"
        " please with let".split()
    ),
    always_capital=frozenset({"I"}),
    lines=_LINES,
)
