"""Sentences, abbreviations and news lines in Indonesian."""

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
        dr drg drh dra drs ir prof hj kh k.h hm h.m h.r tgh tgk tgkh ust ustz ustad ustadz hb rr
        rm rd rh ra rng r.ng r.m r.a krt krmt kph gph kgph gbph gst dt tk mgr pdt pst br sr fr st
        sto sta moh muh mohd muhd abd yos bpk bp sdr sdri sdra ny nn tn mr mrs ms mme mt yth ytc
        ytk tth alm almh Eng rer nat habil plt plh pj pjs DR DRG DRA DRS IR PROF HJ KH
        """,
    ),
    _class(
        "rank",
        "name",
        """
        jend jendr letjen letjend mayjen mayjend brigjen brigjend irjen irjend komjen komjend kombes
        kompol akbp akp iptu ipda aiptu aipda bripka brigpol briptu bripda bharada bharatu pol kol
        letkol may kapt lettu letda peltu pelda serma serka sertu serda kopka koptu kopda praka
        pratu prada laks laksma laksda laksdya marsda marsma marsdya let ltn capt sgt lt.kol lt.jend
        Gen Pres Rev Gov
        """,
    ),
    _class(
        "organisation",
        "name",
        "pt cv ud fa po pd perum perjan yay kop p.t c.v u.d n.v PT CV UD",
    ),
    _class(
        "company suffix",
        "capital",
        "tbk inc ltd pte co corp llc plc bhd sdn gmbh bros TBK LLC PLC",
    ),
    _class(
        "address",
        "name",
        """
        jl jln gg gng kab kec kel kp dsn ds prov prop komp kompl perumh kav blk psr stn tj tg
        gn kepl bdr JL JLN
        """,
    ),
    _class("number in an address", "number", "rt rw rt/rw lt bl no"),
    _class(
        "reference",
        "number",
        """
        nmr nr nos hlm hal halm psl ps pas ay ayt vol jil jld bag ed cet gbr tab lamp bd art qs q.s
        ver ext
        """,
    ),
    _class("telephone", "number", "telp tlp tel hp fax faks wa"),
    _class("money", "number", "rp idr usd us$ sgd myr eur"),
    _class("time", "number", "pk pkl tgl bln thn th mgg hr"),
    _class(
        "day or month",
        "number",
        """
        Sen Sel Rab Kam Jum Jmt Sab Min Mgg Jan Feb Peb Mar Apr Jun Jul Ags Agt Agu Sep Sept Okt Nov
        Nop Des
        """,
    ),
    _class(
        "unit",
        "capital",
        "kg km cm mm dm ml cc kwh kw mw gw ha hz khz mhz ghz mbps bps rpm kpj psi m2 m3 km2",
    ),
    _class(
        "short word",
        "name",
        """
        jo a.n a/n d.a d/a u.p u/p u.b u.p.b c.q cq q.q qq s.d s/d d.h a.l mis spt dgn dg dng yg
        utk unt kpd dlm krn bhw ttg scr sbg blm sdh tdk jg hub lih cf viz i.e e.g ca vs v.s n.b
        """,
    ),
    _class(
        "closing word",
        "capital",
        """
        dll dsb dst dkk dlsb dls dsj d.l.l d.s.b d.s.t d.k.k etc tsb ybs sbb red ttd cs saw swt
        a.s.w s.a.w s.w.t DLL DSB DST DKK
        """,
    ),
    _class(
        "degree",
        "opener",
        """
        s.h m.h s.e m.e s.t m.t s.s m.s s.p m.p m.m m.a m.b.a b.a a.md s.i.k s.i.p s.i.kom s.k.m
        m.k.m s.t.p s.k.h s.h.i s.e.i s.pd.i m.h.i s.th.i s.k.g sp.a sp.b
        """,
    ),
    _class("citation", "opener", "al et.al ibid op.cit loc.cit"),
    _class("clock", "opener", "a.m p.m"),
    _class("generation", "opener", "jr snr jnr"),
)

_SPEECH = frozenset(
    "kata ujar ucap tutur ungkap papar tegas imbuh sebut tukas tandas pungkas sambung timpal tanya"
    " jelas tambah terang lanjut cetus seru jawab kilah bantah akui klaim cerita beber urai keluh"
    " harap pinta ajak kenang tulis catat simpul tutup celetuk gumam bisik teriak sahut"
    " puji".split()
)
_SPEECH_OF_HIS = frozenset(f"{verb}nya" for verb in _SPEECH)
_ONLY_SPEECH = frozenset(
    "kata ujar ucap tutur ungkap papar imbuh tukas tandas pungkas timpal cetus".split()
)
"""Verbs that begin a sentence of their own hardly ever."""

_BINDING = frozenset(
    "dan atau serta tetapi tapi melainkan sedangkan dengan untuk yang dari di ke pada oleh karena"
    " sehingga agar supaya hingga sampai kemudian lalu maupun atas dalam terhadap saat ketika"
    " seperti bahwa tentang kepada bagi sebagai jika kalau bila apabila sebab meski meskipun namun"
    " antara mengatakan menyatakan menyebut menyebutkan menjelaskan menambahkan adalah ialah yakni"
    " yaitu para sang si tanpa demi guna sejak selama menurut".split()
)

_LINES = LineMarks(
    byline=(
        "oleh:",
        "oleh :",
        "penulis:",
        "penulis :",
        "reporter:",
        "reporter :",
        "editor:",
        "editor :",
        "pewarta:",
        "pewarta :",
        "kontributor:",
        "kontributor :",
        "wartawan:",
        "redaktur:",
        "redaktur :",
        "penerjemah:",
        "penyunting:",
        "laporan wartawan",
        "laporan reporter",
    ),
    caption=(
        "foto:",
        "foto :",
        "(foto:",
        "ilustrasi:",
        "ilustrasi (",
        "keterangan foto",
        "sumber foto",
        "gambar:",
        "gambar ilustrasi",
        "dok.",
        "dokumentasi:",
        "tangkapan layar",
        "video:",
    ),
    credits=(
        "(foto:",
        "(foto ",
        "antara foto/",
        "(dok.",
        "(dok ",
        "(istimewa)",
        "(shutterstock",
        "(sumber:",
    ),
    aside=("baca juga", "baca:", "simak juga", "lihat juga", "artikel terkait", "tonton juga"),
    dates=frozenset(
        "senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli"
        " agustus september oktober november desember jan feb mar apr jun jul agu sep okt nov des"
        " wib wita wit pukul".split()
    ),
    agencies=frozenset(
        "kompas tempo antara detik detikcom liputan6 republika tribun cnn cnbc viva okezone"
        " sindonews merdeka suara bisnis kontan jawapos jpnn voa bbc dw afp ap reuters xinhua"
        " bernama upi aljazeera inews metrotv beritasatu kumparan tirto idn".split()
    ),
    places=frozenset(
        "ambon balikpapan banda bandung banjar banjarmasin banyuwangi batam bekasi bengkulu"
        " blitar bogor bontang brebes bukittinggi ciamis cianjur cilacap cilegon cimahi"
        " cirebon demak denpasar depok dumai ende garut gorontalo gresik indramayu jakarta"
        " jambi jayapura jember jepara jombang karawang kebumen kediri kendari klaten kudus"
        " kupang lamongan lampung langsa lhokseumawe lumajang madiun magelang makassar malang"
        " mamuju manado manokwari mataram medan merauke mojokerto padang palangkaraya"
        " palembang palu pamekasan pangkalpinang pasuruan pati pekalongan pekanbaru"
        " pematangsiantar ponorogo pontianak probolinggo purbalingga purwakarta purwokerto"
        " salatiga samarinda semarang serang sibolga sidoarjo singkawang sleman solo sorong"
        " subang sukabumi sumedang sumenep surabaya surakarta tangerang tanjungpinang tarakan"
        " tasikmalaya tegal ternate timika tuban tulungagung wonogiri wonosobo yogyakarta"
        " yogya kota selatan utara barat timur pusat aceh amman ankara baghdad bangkok beijing"
        " beirut berlin brussel canberra damaskus den delhi haag doha dubai gaza hanoi hong"
        " islamabad istanbul jenewa kabul kairo kiev kong kuala kyiv london los angeles lumpur"
        " madrid manila melbourne moskow mumbai new paris pyongyang ramallah riyadh roma seoul"
        " shanghai singapura sydney taipei teheran tokyo vatikan washington wina yangon"
        " yerusalem york".split()
    ),
)

DATA = Segmentation(
    abbreviations=_ABBREVIATIONS,
    attributions=_SPEECH | _SPEECH_OF_HIS,
    capital_attributions=_ONLY_SPEECH | _SPEECH_OF_HIS,
    reporting=_SPEECH_OF_HIS
    | frozenset(
        "berkata bertanya berteriak berbisik berseru berujar berucap berpesan bercerita berharap"
        " mengatakan menyatakan menjelaskan menambahkan menegaskan menulis menuliskan menyebut"
        " menyebutkan mengungkapkan menuturkan mengaku menjawab bilang ujar kata ucap tutur"
        " menyampaikan melanjutkan memaparkan menilai menyerukan mencuit menanyakan".split()
    ),
    binding=_BINDING,
    continuations=frozenset(
        "dan atau serta yang untuk dari di ke pada oleh dengan tersebut juga pun adalah".split()
    ),
    resuming=frozenset(
        "di pada dengan sementara_itu selain namun menurut menurutnya setelah meski meskipun ketika"
        " sebelumnya sejak adapun bagi dikatakannya ditambahkannya kini walau padahal bahkan"
        " akibatnya selanjutnya kendati apalagi".split()
    ),
    labels=frozenset(
        "ketua deputi tahap bidang asisten angkatan periode putaran babak pool komisi siaga"
        " dunia semester sesi generasi platform inisial formula ukuran grup group kelas blok"
        " vitamin hepatitis golongan huruf tipe type plan paket seri kelompok pasal ayat butir"
        " poin bagian bab lampiran tabel gambar zona jalur peron gerbang rute kategori tingkat"
        " level influenza virus gedung tower lantai ruang rencana formulir model kamar opsi"
        " pilihan rhesus darah sim berinisial".split()
    ),
    number_labels=frozenset("pos kodepos nomor ayat pasal halaman telepon nik nip npwp".split()),
    exclaiming=frozenset("yahoo jeopardy wham lapor hello yum joomla".split()),
    openers=frozenset(
        "ia dia mereka kami kita saya aku ini itu hal namun selain menurut setelah saat ketika"
        " sementara sebelumnya kemudian lalu pada dalam dengan untuk karena jika kalau meski"
        " meskipun sejak hingga adapun tak tidak beliau keduanya bahkan akibatnya selanjutnya"
        " apakah siapa mengapa bagaimana kini juga sebab apa nah oleh ke tapi tetapi maka sebagai"
        " bagi sebuah seorang atas akhirnya".split()
    ),
    always_capital=frozenset({"Anda"}),
    lines=_LINES,
)
