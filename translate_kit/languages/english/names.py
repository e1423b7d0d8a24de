"""Names as English writes them."""

from __future__ import annotations

from translate_kit.languages.names import Names, read_meanings

_PLACES = """
afghan:afghanistan afghans:afghanistan african:africa africans:africa albanian:albania
algerian:algeria alpine:alps american:america americans:america americas:america
antarctic:antarctica arabian:arab arabic:arab arabs:arab armenian:armenia armenians:armenia
asian:asia asians:asia athenian:athens aussie:australia aussies:australia australian:australia
australians:australia austrian:austria azerbaijani:azerbaijan azeri:azerbaijan azeris:azerbaijan
balkans:balkan belarusian:belarus belgian:belgium belgians:belgium bolivian:bolivia bosnian:bosnia
bostonian:boston brazilian:brazil brazilians:brazil brit:england britain:england british:england
briton:england britons:england bulgarian:bulgaria burma:myanmar burmese:myanmar cambodian:cambodia
canadian:canada canadians:canada chilean:chile chinese:china christ:jesus christianity:christian
christians:christian colombian:colombia congolese:congo croatian:croatia cuban:cuba cubans:cuba
cypriot:cyprus czechia:czech dane:denmark danes:denmark danish:denmark dutch:netherlands
dutchman:netherlands earth's:earth ecuadorian:ecuador egyptian:egypt egyptians:egypt english:england
englishman:england estonian:estonia ethiopian:ethiopia european:europe europeans:europe
filipino:philippines filipinos:philippines finn:finland finnish:finland finns:finland franco:france
french:france frenchman:france frenchmen:france frenchwoman:france games:olympic georgian:georgia
german:germany germans:germany greek:greece greeks:greece himalayan:himalaya himalayas:himalaya
holland:netherlands hungarian:hungary icelandic:iceland indian:india indians:india indies:india
indonesian:indonesia indonesians:indonesia iranian:iran iranians:iran iraqi:iraq iraqis:iraq
irish:ireland islamic:islam islamist:islam islamists:islam israeli:israel israelis:israel
italian:italy italians:italy jamaican:jamaica japanese:japan javanese:java jewish:jew jews:jew
jordanian:jordan judaism:jew judean:judea kazakh:kazakhstan kenyan:kenya kiwi:zealand korean:korea
koreans:korea koreas:korea kuwaiti:kuwait lankan:lanka latvian:latvia lebanese:lebanon libyan:libya
lithuanian:lithuania lord:god mainland:china malay:malaysia malays:malaysia malaysian:malaysia
maldivian:maldives mancunian:manchester martian:mars mexican:mexico mexicans:mexico molucca:moluccas
mongol:mongolia moroccan:morocco moroccans:morocco moslem:islam moslems:islam muslim:islam
muslims:islam nepalese:nepal nepali:nepal netherlands:netherlands nigerian:nigeria norwegian:norway
olympiad:olympic olympics:olympic pakistani:pakistan pakistanis:pakistan palestinian:palestine
palestinians:palestine parisian:paris pharaohs:pharaoh pharaonic:pharaoh philippine:philippines
poles:poland polish:poland polynesian:polynesia portuguese:portugal qatari:qatar roman:rome
romanian:romania romans:rome russian:russia russians:russia saturn's:saturn scot:scotland
scots:scotland scottish:scotland serb:serbia serbian:serbia shi'ite:shiite shi'ites:shiite
shia:shiite shias:shiite shiites:shiite sicilian:sicily singaporean:singapore slovak:slovakia
slovene:slovenia slovenian:slovenia solar:sun soviets:soviet spaniard:spain spaniards:spain
spanish:spain sumatera:sumatra swede:sweden swedish:sweden swiss:switzerland syrian:syria
syrians:syria taiwanese:taiwan thai:thailand thais:thailand tibetan:tibet timorese:timor
tunisian:tunisia turk:turkey turkish:turkey turks:turkey türkiye:turkey u.k:england ugandan:uganda
uk:england ukrainian:ukraine ukrainians:ukraine uruguayan:uruguay ussr:soviet venetian:venice
venezuelan:venezuela venezuelans:venezuela vietnamese:vietnam welsh:wales yemeni:yemen
zealander:zealand zealanders:zealand zimbabwean:zimbabwe
"""
_ACRONYMS = """
a.d:ad algiers:algeria america:us american:us americans:us b.c.e:bc b.c:bc bc:bc bce:bc c.e:ad ce:ad
domestic:gdp e.u:europe emirates:uae eu:europe euro:europe identity:id kingdom:england
layoffs:layoff licence:license nations:un parliament:house states:us television:tv u.a.e:uae u.n:un
u.s.a:us u.s:us united:us usa:us world:ww wuhan:wuhan wwi:ww wwii:ww
"""
_TITLES = """
a.m academy access act actor ad administration adoption affairs age agency agenda agreement
agricultural agriculture air airport album alcohol alliance am ambassador amber amendment ancient
angel angels animal annual antique apollo apostle apparel applied april arab archaeology archbishop
archive archives area arena arm armed army article artist artists arts assembly assets assistant
association astronaut asylum atomic attorney august aunt author authority autumn avenue aviation
award awards baby ball band bank banks bar baron bars base basin basketball battle bay beach bear
beautiful bee bell beloved belt best better bible big bill bird birth bishop bitter black blind
block blood blue board boards boat body bone book border boss bottle bowl box boy boys branch brand
brave bread breakfast breath bridge brigade bright broad broadcasting broken bronze brother brothers
brown building bull bureau burn burning bus business butter cabinet cafe camp campground campus
canal canyon cape capital captain car card cardinal care carpet cars case castle cat cathedral cave
cell center central centre century ceremony cesarean chain chair chairman chairperson challenge
chamber champion champions championship championships chancellor channel chapel charity charter
chemistry chicken chief child children choice christ church cinema circuit circus citizen citizens
city civic civil civilization class classic clay clean clear climate clinic clock close cloud club
clubs co coach coal coalition coast code coffee cold collection college colonel color colour comedy
command commander commerce commission commissioner committee common commons commonwealth
communications communism communist community companion company competition computer conference
congress conservation conservative consortium constitution consul consulate continent control
convention cooking cool coordinating coordinator copper coral corner corp corporation corps
correction cost cotton council counter country county coup course court covenant creation creative
crime criminal crisis cross crossing crowd crown crystal cultural culture cup curse custom customs
cutting cyber daily dance danger dark data daughter dawn day dead deal death debt december
declaration deep deer defence defense delta demand democracy democrat democratic democrats
department deposit deputy desert designer development devil dialogue diamond digital dinner
diplomacy director directorate disaster disease district division doctor dog dogs dollar dolphin
dome domestic door double dr dragon drama dream drinking drive driver drivers drug duke duty dynasty
eagle earl ears earthquake east eastern easy economic economy edge edition editor education egg
eight eighth election electoral electric elephant eleven elite embassy emergency emperor empire
employment end enduring enemy energy engine engineer engineering engineers enterprise enterprises
entertainment environment environmental equal essential establishment estate eternal evening event
events evil evolution exchange excise executive exhibition expedition experience experiment export
express eye eyes face fact factory fair faith falls fame family farm fashion fast fat fate father
favorite favourite feather february federal federation festival field fifth figure film final
finance financial fire first fish fisheries fishing five flag flame fleet flight flood flower
flowers fly flyer folk following food football force forces foreign forest forever fort fortress
forum forward foundation four fourth fox free freedom freight frequent friday friend friends
friendship front fruit fuel fun fund funeral further future galaxy gallery game games gang gap
garden gardens gas gate general genius gentle geological ghost giant giants gift girl girls glass
global globe glory goat god gods gold golden good government governor grace grade grain grand grant
grass grave gray great green grey gross ground group grow guarantee guard guest guide gulf gun hair
half hall hand handbook happy harbor harbour hard harm harvest hat hate he head health heart heaven
heavy height hell help hemisphere heritage hero hidden high highness highway hill hills him his
history holy home homeland honest honor honour hope horse horticultural hospital host hot hotel hour
house housing human hunger hunt hunter hurricane i ice idea ideal ill image immigration impact
imperial import inc independence independent index indigenous industrial industry infantry
information initiative inn inner innovation inquiry inside inspection inspector institute
institution insurance intelligence intensive interest interim interior international internet
investigation investment invisible iron island islands isle ivory january job joint journal
journalist journalists journey joy jr judge judicial judiciary july jump june jungle junior jury
just justice key kid kids killer kind king kingdom kings kiss kitchen knight knights know knowledge
label labor labour ladies lady lake lamp land landing lands language large last late laugh laughing
law leader leaders league learning left legal legend legislative lesser lesson letter letters
liberal liberation liberty library lieutenant life light lily limited line lion list literature
little live lives living local lock logic lone long look lord lost lotus loud love low lower ltd
luck lucky lunar luxury machine mad madam magazine magic mail maintenance major male man management
manager manual manufacturing map marathon march marine maritime mark market marketing marriage
marshal martial mass master match mathematics matter maximum may mayor meal measure meat medal media
medical medicine medieval medium meeting member members memorial memory men message metal
meteorological metro metropolitan micro mid middle mighty migration military mill mind mine mineral
minimum mining minister minister's ministers ministry miracle mirror miss missile missing mission
mister mix mobile model modern moment monastery monday money monitor monkey monster month monument
moon morning mosque mother motion motor mount mountain mountains mouth move movement movie mr mrs ms
mud multiple municipal municipality murder museum music myth name narrow nation national native
natives natural nature naval navy near neck need nervous nest network new news newspaper night nine
ninth nobel noble normal north northeast northern northwest note novel november nuclear number nurse
oak oath obedient objective observatory obstacles ocean october odd office officer official oil old
one open opening operation opportunity opposition orange orbital orchestra orchid order ordinary
organisation organisms organization origin other outer outside owl own owner p.m page paint pair
palace pan panel paper parent parents parish park parkway part particle partner partnership party
pass passage passion past path patriarch patriot pattern pay peace peak pearl pen peninsula people
people's percent perfect performance permanent person pet petroleum photo physics piano pig pilgrim
pilot pine pink pioneer pipeline pirate pizza place plague plain plan planet planned planning plant
plastic plateau play player plaza please pledge pm poem poet poetry point pole police policy
political politics poll pool poor pope population port post power powers practice prayer prefecture
preliminary premier premium presidency president presidential press pride priest prime prince
princess print prison private prize problem process producer product production professional
professor program programme project promise property protection protocol province provincial public
publisher pure purple quality quarter queen question quick quiet rabbit race radical radio railway
rain rainbow rally range ranger rare rate reader reading real reality rear reason rebellion record
recovery recreation red reduction reef reform refugee refugees regency regent regiment region
regional relations relief religion remote reporter reporters representative republic republican
republicans rescue research researchers reserve reservoir residence resistance resolution resort
resources response responsible rest restaurant result retail return revenge review revolution
revolutionary rhythm rice rich richest ride rifle right rights ring rise rising risk ritual river
road robot rock rocket role roof room root rose rough round route royal rule running rural sacred
sad safe safety sailing sailor saint sale salt same sanctuary sand satellite saturday save savings
sax say scene scheme school science sciences scientist score scout screen script sea search season
seat second seconds secret secretariat secretary security seed select self senate senator senior
sense september sergeant serious serves service services seven seventh shadow shareholders shark
shell shield shine ship shirt shoe shooting shop shopping shore short shot shoulder show sick side
sight sign signal silence silent silicon silk silver simple single sir sister site six sixth skull
sky slave sleep slow small smart smile smoke smooth snake snow social society soft software solar
soldier soldiers solution son soul sound sour source south southeast southern southwest space
speaker special speech speed spider spirit sport sports spring squadron square sr st stable stadium
staff stage stand standard standards star state statement station statistics statue steam steel stem
step stock stone stop store storm story strait strange strategic strategy stream street strength
strike strip strong student studies study style subcommittee succession sugar suite sultan summer
summit sun sunday sunset super superintendent superior supply support supreme sure surgeon surgery
survey sweet swift swimming sword symphony system table tale talk tall target task taste tax tea
teacher team tear tears technical technology telegraph television tell temple ten tenth territory
terror test text theater theatre thing things third thought three throne thunder thursday ticket
tide tiger tigers timber time times tiny tip title tobacco today together tomb tomorrow tongue tool
tooth top touch tough tour tourism tours tower town track trade tradition traffic trail train
training transport transportation travel treasury treaty tree trees trial triangle tribal tribe
tribunal trip triple troops tropical truck true trust truth tuesday turn tv twelve twin two type
typhoon uncle under union unique unit united universal university unknown upper urban vaccine valley
value van vehicle vessel veteran veterans vice victory view village violence virgin virtual virus
vision visit visitor voice voices volcano volume vote voyage wage walk wall war ward warrior
warriors watch water wave way wealth weather web wedding wednesday week weekly weight welcome
welfare west western wetlands whale wheel white wide wife wild wildlife will wind window wine wing
wings winner winter wire wisdom wise witch witness wives wolf women women's wonder wood wooden word
words work worker workers working workshop world world's writer writing yard year years yellow
yesterday young youth zero zone
"""

DATA = Names(
    meanings=read_meanings(_PLACES + _ACRONYMS),
    titles=frozenset(_TITLES.split()),
    places=frozenset(
        "here there country country's nation nation's homeland capital local domestic city".split()
    ),
    derivations=(
        *(("", ending) for ending in ("tion", "tions", "ment", "ments", "ness", "ship", "ism")),
        *(("", ending) for ending in ("ity", "ities", "ology", "ance", "ence", "ative", "ical")),
    ),
)
