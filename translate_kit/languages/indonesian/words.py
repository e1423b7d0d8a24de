"""What Indonesian words tell by themselves."""

from __future__ import annotations

from translate_kit.languages.words import Words

_FUNCTION = """
ada adalah adanya adik agar akan akhir akhirnya akibat aku anak andai anggota antara apa apabila
apakah apapun asal atas atau awal ayah bagaimana bagi bagian bagus bahan bahkan bahwa baik bakal
bangun bantuan banyak banyaknya barang baru bawah beberapa begini begitu bekerja belajar belakang
belum benar bentuk berada berasal berat berbeda berharap berhasil berjalan berlangsung bernama
bersama bertemu besar biasa biaya bidang bila bilamana bisa boleh buah buat bukan bulan bunga burung
cantik cara cepat cinta cukup daerah dalam dalamnya dampak dan dapat dari daripada datang dekat demi
demikian dengan depan desa di dia diantara diberikan dibuat diduga digelar digunakan diharapkan
dikenal diketahui dilaksanakan dilakukan dimana diri dirinya disampaikan disebut dua dukungan dulu
dunia ekor gedung gelap guna gunung hadir hal hampir hanya hari harus hasil hewan hidup hingga hitam
hubungan hujan hukum hutan ia ibu ikut indah informasi ingin ini itu jadi jalan jangan jatuh jauh
jelas jenis jika juga jumlah justru kabar kah kakak kalau kami kantor kapal kapan karena kata
katanya kaya ke kebakaran kebijakan kebutuhan kecil kedua kegiatan kehidupan kejadian kelas kelompok
keluar keluarga kembali kemudian kemungkinan kenapa kendaraan kepada keputusan keras kereta kerja
kesehatan ketika ketimbang khusus kini kita korban kosong kota kualitas kuat kurang lagi lah lahir
lain lainnya lalu lama langkah langsung laporan laut lebar lebih lewat lingkungan luar luas luka
mahal maka makan makanan malam mampu mana manusia masalah masih masing masuk masyarakat mati mau
maupun melainkan melalui melawan melihat memang memastikan membangun membawa memberi memberikan
membuat membuka memiliki meminta menambahkan menarik mencapai mencari mendapat mendapatkan mendatang
menemukan mengaku mengalami mengambil mengapa mengatakan mengenai menggunakan mengikuti
mengungkapkan meninggal meningkatkan menjadi menjaga menjelaskan menuju menunjukkan menurut
menyatakan menyebabkan menyebut merasa mereka merupakan meski meskipun milik minyak miskin mobil
mudah mulai muncul mungkin murah naik namun nanti negara negeri nilai nomor nya oleh orang pada pagi
paling panjang para pasti pekerjaan peluang pemain pemerintah pendek pendidikan penting penuh
penyakit percaya perempuan pergi perhatian perjalanan perlu pernah pertemuan perubahan perusahaan
pesawat peserta pihak presiden pria pulang pulau pun punya rakyat rasa rencana rendah resmi ringan
rumah rumput rusak saat saja salah sama sambil sampai sana sangat saya seandainya sebab sebagai
sebagian sebanyak sebelum sebelumnya sebenarnya sebesar sebuah secara sedang sedikit segera sehat
sehingga sejak sejumlah sekali sekaligus sekarang sekian sekitar sekolah selalu selama seluruh
semakin sementara sempat sempit semua senang sendiri seorang sepanjang seperti serangan seraya
sering serta seseorang sesuai sesuatu setelah setiap siap siapa siapapun siswa soal suami suara
suatu sudah suka sulit sungai supaya tadi tahap tahu tahun tak tangan tanpa tapi tatkala telah teman
tempat tengah tentang tentu tentunya tepat terakhir terang terbang terdapat terhadap terjadi terkait
terlalu terlihat termasuk ternyata tersebut terus terutama tetap tetapi tidak tidur tindakan tinggal
tinggi tua tugas turun turut uang ujar ujarnya umum untuk upaya usaha usai usia utama wajah waktu
walau walaupun wanita warga wilayah ya yaitu yakni yang
"""

_LOANS = """
agenda air album alibi alien alpine altitude alumni am amok analog antigen area arena asthma atlas
atom atrium audio audit auto avian baby bamboo band bandwidth bank bar basalt basis batik bazaar
bias bit blog bom bonsai bonus briefing burger bus cafe canyoneering card cc chip cm com compound
cornea cowboy curry data de deadline debut defile demo deposit detail diabetes diagnosis dialog
diesel digital diploma diplomat disk donor door dr drama drone drum duel duet durian e ebola editor
ego elite elk email embargo embryo emir engine episode era etc ethos euro expo extra extravehicular
facto fans fatal fauna federal festival fetus fiber film final finish flora flu formal format forum
fundamental gala game gas gazebo general genre genus geyser global gluten golf gong gorilla graffiti
grand granite grup guru habitat halal ham hard hepatitis herpes hiatus hijab hiking hits hobi
homeostasis hopper hotel hp http https humor icon ideal iguana illegal imam in influenza informal
infra inkjet input insulin interior internal internet intro item jargon jazz jeans jet jihad karaoke
karate karma kebab ketchup kg khalifa khan kimono km kwh laptop laser latitude lava legal level
liberal limit lingua link lobi logo lotus macro malaria mall mandarin manual marathon margin marina
mark marketing master maxi media mega memo mental menu meter metro metropolis metropolitan microwave
mineral mini minimal minimum minivan minor minus ml mm mode model modem modern momentum monitor
monsoon moral morphine motif motor mph multi mural museum musical natural net nirvana nitrogen non
normal novel oasis offline ok ombudsman on online op opera operator opium optimal option oral
orangutan orbit organ origami oven overscan paddy panda pandemic panel panorama park partner pasta
pastor patrol patron per personal piano pilot pistol pizza placebo placenta plasma platform plaza
plot plus pm pneumonia podcast poker polio pop port portal pose postal posting pot pro program
propaganda proposal protein proton radar radio raja rally rambutan ramen ranking rap rating rattan
real rebound regional rental resort retina revolver ring ritual robot rock rookie royal ruble safari
salad salmon salon samurai sandal sandwich satay sauna savanna scuba seminar senior sensor serial
serum server set shift show sinus skater ski slogan sloth smartphone soda sofa software solo spam
species spiral spiritual sponsor sport spot stadium standard start startup status staycation steak
stigma stimulus stop studio sultan super supermarket surplus sushi sutra tablet talk tank tanker
target taxi tempeh tempo tenor terminal test tetanus tofu ton top topic tornado total trailer trans
transfer transit trauma trek trend trio tsunami tumor tundra turbo tutor tweet typhoon ultimatum
ultra uniform unit universal upload uranium urban valid van vanilla variable venue versus vertebrata
via video villa viral virtual virus visa visual vital vitamin volume voucher web website wifi www x
yen yoga yogurt yuan zebra
"""

_NEGATORS = """
belum belumlah bukan bukanlah bukannya enggak gak jangan janganlah ndak nggak tak takkah takkan
tanpa tiada tidak tidaklah
"""
_DENIALS = """
abnormal absen alergi alih alpa antirasis asing bantah batal bebas berhenti buta cegah dibantah
dibatalkan dicegah dihentikan dihindari dilarang dilepas diragukan ditolak enggan gagal hampir
hilang hindari ilegal jarang kalah kebal kecuali kegagalan kehilangan kekurangan keraguan kurang
langka larangan lawan lepas lupa luput melarang melawan melewatkan membantah membatalkan mencegah
menentang mengabaikan menghentikan menghindar menghindari menolak menyangkal meragukan minim
mustahil nihil nol non nonaktif nonstop nyaris pantang penentangan penolakan penyangkalan putus ragu
salah selain sia sukar sulit tanpanya terhindar terlewat terputus tolak tuli urung waspada
"""

DATA = Words(
    everyday=frozenset(_FUNCTION.split()) - frozenset(_LOANS.split()),
    prefixes=(*"meng meny mem ber peng peny keber kese pember".split(),),
    suffixes=(*"nya kan annya kannya".split(),),
    negators=frozenset(_NEGATORS.split()),
    denials=frozenset(_DENIALS.split()),
    denial_prefixes=("nir", "nona", "nonb", "nonp", "nonk", "ketidak", "tuna"),
    denial_exceptions=("nirwana", "tunai", "tunang"),
    softeners=frozenset("hanya cuma sekadar saja semata lama jauh jarang berawak".split()),
    softeners_before=frozenset({"paling", "mau", "setidak", "hampir"}),
    loans=frozenset(_LOANS.split()),
    length=107.0,
)
