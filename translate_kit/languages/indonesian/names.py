"""Names as Indonesian writes them."""

from __future__ import annotations

from translate_kit.languages.names import Names, read_meanings

_PLACES = """
adriatik:adriatic afganistan:afghanistan afghanistan:afghanistan afrika:africa albania:albania
aljazair:algeria aljier:algeria alpen:alps amerika:america amerika:us antarktika:antarctica
antartika:antarctica arab:arab argentina:argentina arktik:arctic armenia:armenia asia:asia
athena:athens atlantik:atlantic australia:australia austria:austria azerbaijan:azerbaijan
baghdad:baghdad balkan:balkan baltik:baltic bangladesh:bangladesh bavaria:bavaria bayern:bavaria
belanda:netherlands belarusia:belarus belgia:belgium beograd:belgrade berlin:berlin bolivia:bolivia
bosnia:bosnia brasil:brazil brazil:brazil britania:england brunei:brunei bukares:bucharest
bulgaria:bulgaria bumi:earth burma:myanmar ceko:czech cheska:czech chile:chile chili:chile
china:china cina:china damaskus:damascus daud:david denmark:denmark ekuador:ecuador eropa:europe
estonia:estonia etiopia:ethiopia fiji:fiji filipina:philippines finlandia:finland firaun:pharaoh
gading:ivory gaza:gaza georgia:georgia guinea:guinea hamas:hamas himalaya:himalaya hindia:indies
hongaria:hungary hongkong:kong hungaria:hungary ibrahim:abraham india:india indonesia:indonesia
inggeris:england inggris:england irak:iraq iran:iran irlandia:ireland isa:jesus islam:islam
islandia:iceland israel:israel italia:italy jabar:java jateng:java jatim:java jawa:java
jenewa:geneva jepang:japan jerman:germany jordania:jordan jupiter:jupiter kaledonia:caledonia
kamboja:cambodia kanada:canada kapel:chapel karibia:caribbean kaspia:caspian katolik:catholic
kaukasus:caucasus kazakhstan:kazakhstan kenya:kenya kolombia:colombia kongo:congo
kopenhagen:copenhagen korea:korea korsel:korea korut:korea kreta:crete kristen:christian
kroasia:croatia kuba:cuba kuwait:kuwait latvia:latvia lebanon:lebanon libanon:lebanon libia:libya
libya:libya lisboa:lisbon lituania:lithuania london:london luksemburg:luxembourg madinah:medina
makkah:mecca maladewa:maldives malaysia:malaysia maluku:moluccas maria:mary marokko:morocco
maroko:morocco mars:mars masehi:ad masehi:bc matahari:sun medinah:medina mediterania:mediterranean
mekah:mecca mekkah:mecca meksiko:mexico melanesia:melanesia melayu:malaysia merkurius:mercury
mesir:egypt mikronesia:micronesia moldova:moldova moskow:moscow moskwa:moscow musa:moses
muslim:islam myanmar:myanmar natal:christmas nepal:nepal nigeria:nigeria nordik:nordic
norwegia:norway nugini:guinea olimpiade:olympic pakistan:pakistan palestina:palestine
pasifik:pacific paskah:easter paulus:paul perancis:france petrus:peter polandia:poland
polinesia:polynesia portugal:portugal portugis:portugal praha:prague prancis:france qatar:qatar
rohingya:rohingya roma:rome romawi:rome rumania:romania rusia:russia sansekerta:sanskrit
sanskerta:sanskrit saturnus:saturn selandia:zealand serbia:serbia sidney:sydney singapura:singapore
siprus:cyprus sisilia:sicily skotlandia:scotland slovakia:slovakia slovenia:slovenia
slowakia:slovakia slowenia:slovenia soviet:soviet sovyet:soviet spanyol:spain srilangka:lanka
srilanka:lanka sulaiman:solomon sumatera:sumatra sumbar:sumatra sumsel:sumatra sumut:sumatra
sungai:river sungapura:singapore sunni:sunni suria:syria suriah:syria swedia:sweden swis:switzerland
swiss:switzerland syiah:shiite syria:syria taiwan:taiwan tasmania:tasmania tembok:wall
thailand:thailand tibet:tibet timor:timor tionghoa:china tiongkok:china tuhan:god tunisia:tunisia
turki:turkey turkiye:turkey türkiye:turkey uganda:uganda ukraina:ukraine uruguay:uruguay
vatikan:vatican venesia:venice venezuela:venezuela venus:venus vietnam:vietnam wales:wales
warsawa:warsaw wina:vienna yahudi:jew yaman:yemen yerusalem:jerusalem yesus:jesus yohanes:john
yordania:jordan yudea:judea yunani:greece yupiter:jupiter yusuf:joseph zelandia:zealand
zimbabwe:zimbabwe
"""
_ACRONYMS = """
ac:ac apbn:budget as:us asean:asean asn:civil bbm:fuel bi:bi bnpb:bnpb bumn:soe dki:jakarta
dpr:house ham:rights hut:anniversary imf:imf inggris:uk iss:iss kpk:kpk ktp:id mee:eec mpr:assembly
nato:nato nkri:indonesia ojk:ojk opec:opec pajak:tax pbb:un pd:ww pdb:gdp phk:layoff pns:civil
polri:police ri:indonesia rrc:china rrt:china sim:license sm:bc tk:kindergarten tki:worker tni:tni
tv:tv ue:europe uea:uae ukm:sme umkm:msme who:who wib:wib wna:foreigner wni:citizen
"""
_TITLES = """
abad abadi acara adat administrasi advokasi agama agung ahli air akademi akhir aksi aktivis alam
alat aliansi aliran allah aman amanat anak anda anggaran anggota angkatan antar antarbangsa
antariksa antarklub antarnegara anti anugerah aplikasi arah armada arsip artis asap asasi aset asing
asisten asli asosiasi asrama asuransi atas atlet audisi awal ayat badai badan bagian bahan bahasa
baku balai balap balapan bambu bandara banding bang bangsa bangunan bank bantuan bapak bappenas
barang barat baratlaut baru basis batang batas batik batu bawah bayi bebas bebek belahan belanja
beli beliau bencana bendahara bendera benteng benua beras berdaya berita berkah bermartabat bersatu
bersenjata bersih bersinar besar besi betis biara biasa biaya bibi bicara bidang binatang bintang
biologi biro birokrasi biru bisnis blok bola bom boneka bruto bu buah buaya budaya buka bukit buku
bulan bulu bulutangkis bumi bunda bunga bupati bursa buruh buruk cabang cagar cahaya calon camat
candi catur cerdas cinta cipta cita citra ciuman cuaca cukai daerah daftar dalam damai dana danau
dapur darat darurat dasar data dekat delapan demokrasi demokrat depan departemen depkeu deptan
deputi desa desain dewa dewan dewi dialog digital dinas dingin dini diraja direktorat direktur
dirgantara dirjen disampaikan diskusi distrik ditjen dokter dolar domestik dongeng dosen dua dubes
duka dukun dunia duta eceran efek ekonomi eksekutif ekspedisi ekspor ekstra elektronik emas empat
enam energi es fakta fakultas fasilitas federasi film filsafat final fisik fisika forum fotografi
fraksi gabungan gajah gala galeri gambar gara garis gaya gedung gelap gempa geologi gerakan gerbang
gereja gerhana gigi gizi global golongan gorila granat grup gua gubernur gudang guna gunung guru
gurun hak hakim hal halal harapan harga hari harian harmoni hati hewan hidup hijau hikmah hitam hiu
hotel hubungan hukum hutan ibadah iblis ibu ibukota ikan ikatan iklim ilmu ilmuwan iman imigrasi
impor indah indeks induk industri informasi infrastruktur insinyur inspektorat inspektur institut
intelijen internal internasional investasi istana istimewa izin jabatan jaksa jalan jalur jaminan
jangka jantung jaringan jasa jati jembatan jenderal jiwa jual juara judul junior juri jurnalis juru
jurusan kabinet kabupaten kaca kades kaisar kakak kakek kaki kalender kalian kamar kampanye kampung
kampus kamu kanal kanan kantor kapal kapolda kapolres kapolri kapten kapur karang kartu karya
karyawan kasih kasus kategori kau kawasan kayu keadilan keamanan kebakaran kebangkitan kebijakan
kebudayaan kebun kecamatan kecelakaan kedokteran kedua kedutaan keempat kehakiman kehidupan
kehutanan kejahatan kejaksaan kejayaan kejuaraan kelapa kelautan kelima kelompok keluarahan keluarga
kemanusiaan kematian kembar kemenangan kementerian kemerdekaan kepala kepolisian kepresidenan
keputusan kerajaan keras keraton kerbau kereta kerja kerusuhan kesatria kesatuan kesehatan kesepuluh
kesultanan ketiga ketua ketujuh keuangan khusus kilat kimia kimiawi kinerja kiri kitab klasik klinik
klinis klub koalisi kode kolam kolonel komandan komando komersial komisaris komisi komisioner komite
kompetisi komunikasi komunis komunitas konferensi kongres konservasi konstitusi konstruksi konsulat
konsumen kontrak koordinasi koordinator koperasi kopi koran korban korps korupsi kota kreatif kredit
kriminal ksatria kualifikasi kucing kuda kudeta kuil kulit kuning kuno kursi kutub kutukan laga lagu
lahan laki laksamana lama lambang lampu langit langka lapangan lari latihan laut layanan layani
layar lebah lebar legislasi legislatif lemak lembaga lembah lembut letnan liar liat liga lima
lingkungan lintas listrik logam logistik lokal lomba luar lumba lumpur mahasiswa mahkamah mahkota
majalah majelis maju makam makanan makmur malaikat malam manajemen mandi mandiri manfaat mantan
manusia markas mas masa masjid masyarakat matematika mawar mbak medali media medis melompat memori
menara mendagri meneg menengah menhan menkeu menko menlu menneg mentari menteri menterinya merah
merdeka meriam mesin mesjid meteorologi migas mikro militer mimpi mineral minum minyak misi mitra
mobil modal model modern monumen motor muda mulia mundur murni museum musik musim nabi naga naik
nama nasi nasional naskah negara negeri negosiasi nelayan nenek neraka niaga nomor nona nuklir
nyonya obat obligasi olah olahraga om operasi operasional orang organisasi otomotif otonomi otoritas
pabrik padang padi pagi pahala pahlawan pajak pak pakar paket palang palu paman panah panas panel
pangan pangeran pangkalan panglima panitia panjang panjat pantai panti papan paripurna pariwisata
parlemen partai pasal pasangan pasar pasta pasukan patuh patung payung pedalaman pedang pegawai
pegunungan pejabat pekan pelabuhan pelajar pelaksana pelatih pelatihan pelayanan pelopor peluru
pemadam pemain pembalap pembalasan pembangunan pembebasan pembela pemberantasan pemberdayaan
pembukaan pemerintah pemerintahan pemilihan pemilu pemimpin pemuda pemula penanggulangan penari
penasihat pencak pencegahan pencetak pendeta pendidikan penduduk peneliti penelitian penembak
penerbangan penerus pengacara pengadilan pengamat pengampunan pengawas pengawasan pengembangan
pengurus pengusaha peninggalan penjaga penjamin penulis penuntut penyanyi penyelenggara penyelidikan
penyiaran penyisihan peradaban perairan perak perang perangkat peraturan perawat perbatasan
perburuhan percobaan perdagangan perdamaian perdana perempuan perguruan perhubungan peri peribadatan
perikanan perindustrian perisai peristiwa perjanjian perkasa perkebunan perkemahan perkumpulan
perlawanan perlindungan permainan permaisuri permata permukiman pernikahan perpres perpustakaan pers
persatuan persemakmuran perserikatan pertahanan pertama pertambangan pertanian pertempuran pertemuan
pertunjukan perumahan perunggu perusahaan perut pesantren pesawat peserta pesisir pesona petani
peternak petugas piagam piala pidana pidato pilihan pilpres pimpinan pintar pintu pipa piring pohon
polisi politik pondok pos prajurit prefektur presiden pribadi prima prioritas produk produksi
profesor program properti propinsi protokol provinsi proyek psikologi publik publikasi puisi pulau
puncak pupuk pura purba pusat putih putra putri putusan radio raja rakit raksasa rakyat rancangan
rapat ratu raya reformasi rekening rekor rektor relawan rencana rendah republik reserse resimen
resmi resor restoran revolusi riset roket rokok rombongan rompi ruang rubah rumah rusa sabat sabuk
saham sakit saksi salib saluran samping samudera samudra sang santri saraf sarana sastra sate
satelit satu satuan satwa saudagar saudara sayang sayap sebuah sejahtera sejarah sekjen sekolah
sekretariat sekretaris seksi sektor selamat selat selatan seleksi semangat sembilan semenanjung
sementara semesta semi seminar sempurna senapan senat senator sendiri seni senior senirupa senjata
sentral senyum sepak sepeda sepuluh seri serikat sering sersan setan setia siaga siber sidang siklon
simpan simpanan sinar singa singkat sipil sistem situs skala skuadron solusi sosial spesialis staf
standar stasiun strategi strategis studi suaka suami suara suci sukses suku sultan sumber sumberdaya
sumur sungai surat surga surgawi surya syarat syariah taat tabungan tahun tahunan taman tambang
tanah tanaman tanding tanduk tanggal tani tank tantangan tante tari tata teater teknik teknis
teknologi telekomunikasi televisi teluk tempat temukan tenaga tengah tenggara tengkorak tenis
tentara teori tepi terang terbaik terbang terbuka terdepan terjun terminal terorisme terpadu
terpencil tertib terusan tetangga tiga tiket tim timnas timur timurlaut tindak tinggi tingkat tinju
tipe tirai toko tokoh tombak topan tragedi transaksi transportasi tropis tsunami tua tuan tugas tugu
tujuh tunai tunggal turnamen uang udara ujian ulama ular umum undang undang-undang unggul uni unit
universitas untung urusan usaha utama utara utusan veteran visi wahana wajib wakil waktu wali
walikota wanita wapres warga warisan warna wartawan warung wilayah wisata yang yatim yayasan
yudisial zaman zona
"""

DATA = Names(
    meanings=read_meanings(_PLACES + _ACRONYMS),
    titles=frozenset(_TITLES.split()),
    places=frozenset("sini situ sana negara negeri ibukota setempat kota benua".split()),
    derivations=(
        *(("ke", "an"), ("pe", "an"), ("se", "an"), ("di", "kan")),
        *((beginning, "") for beginning in "ber meng mem men ter pem pen peng".split()),
    ),
)
