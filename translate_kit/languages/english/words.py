"""What English words tell by themselves."""

from __future__ import annotations

from translate_kit.languages.words import Words

_FUNCTION = """
about after again against all also although always among an and another any are around as at away
back be because been before being between both but by called can city could country did do does down
during each early even every few first for from good government great group had has have he her here
high him his how however if in including into is it its just known large later life like long made
make makes many may me might more most much must my near never new no not now of off often old on
once one only or other our out over own part people said same say says several she should since
small so some state still such take than that the their them then there these they this those though
through time to took two under until up us use used using very was we well were what when where
which while who will with within without work world would year years you your
"""

_DENIALS = """
abnormal absence absent absurd against amoral anonymity anonymous asexual atypical avoid avoided
avoiding avoids ban banned bans bar bare barefoot barely barred cancel canceled cancelled cease
ceased degenerate denied denies deny denying deprived devoid disability disabled disadvantage
disagree disagreed disagreement disallowed disappear disappeared disapprove discomfort discontent
discontinue discontinued dishonest dislike disobedient disobey disorder displeased disqualified
disregard disrespect dissatisfied distrust drone drones except excluded excluding exclusive fail
failed failing fails failure few fewer forbade forbid forbidden forbids free halt halted hardly
hostile ignorance ignore ignored ignores ignoring illegal illegally illegible illegitimate illicit
illiterate illogical immobile immoral immortal immune impassable imperfect impossible improbable
improper inability inaccessible inaccurate inactive inadequate inappropriate incapable incompetent
incomplete inconclusive inconsistent inconvenient incorrect incredible indecisive indefinite
indefinitely independent indirect indirectly indisputable ineffective inefficient inequality
inevitable inevitably inexpensive inexperienced infinite informal infrequent inhospitable injustice
insecure insignificant instability instead insufficient intangible intolerant invalid invisible
involuntary irregular irrelevant irresponsible irreversible jobless lack lacked lacking lacks least
less little lose losing loss lost minus miss missed misses missing neglect neglected obscured off
offline omit omitted oppose opposed otherwise preposterous prevent prevented preventing prevents
prohibit prohibited prohibition prohibits quit rare rarely rather refusal refuse refused refuses
refusing reject rejected rejecting rejection rejects reluctance reluctant scarce scarcely seldom
shortly stop stopped stops tireless trespass trespassing unjust unless vain void withdraw withdrawn
withheld withhold yet zero
"""

DATA = Words(
    everyday=frozenset(_FUNCTION.split()) - frozenset("in do may me as".split()),
    suffixes=(*"ing tion ed ly ness ment ous ful".split(),),
    negators=frozenset(
        "not no never none nothing nobody nowhere neither nor cannot without".split()
    ),
    numbering=frozenset({"no"}),
    negator_endings=("n't", "n’t"),
    denials=frozenset(_DENIALS.split()),
    denial_prefixes=("un", "non"),
    denial_exceptions=(*"under unit unio univ uniqu unif unis until unless none unan".split(),),
    denial_endings=("less", "lessly", "lessness"),
    softeners=frozenset("only just merely simply least matter".split()),
    doubles=frozenset("that had very bye many years far long".split()),
    length=100.0,
)
