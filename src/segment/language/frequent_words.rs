//! Frequent words of languages that trigrams do not know or take for another, and of those that they are taken for.
//!
//! Neighbours (Norwegian and Danish, Malay and Indonesian, Xhosa and Zulu) share most of their words here: what differs decides.

use whatlang::Script;

/// Frequent words of one language, in lower case and separated by spaces.
pub(super) struct FrequentWords {
    pub(super) tag: &'static str,
    /// Its name in English.
    pub(super) name: &'static str,
    pub(super) script: Script,
    /// Words without a subject of their own, which are no keywords either.
    pub(super) function_words: &'static str,
    /// Other frequent words, which may be keywords.
    pub(super) other_words: &'static str,
    /// What longer words begin with where persons are prefixes.
    pub(super) beginnings: &'static [&'static str],
}

/// By script and then tag.
pub(super) const FREQUENT_WORDS: &[FrequentWords] = &[
    FrequentWords {
        tag: "af",
        name: "Afrikaans",
        script: Script::Latin,
        function_words: "die en van in is het nie dat wat vir met ek jy hy sy ons hulle om te aan op was sal kan ook maar so my jou \
         haar hom word deur as uit nog baie daar hierdie dit by een 'n na toe moet wees gaan hê sê net meer al gewees",
        other_words: "mense",
        beginnings: &[],
    },
    FrequentWords {
        tag: "bs",
        name: "Bosnian",
        script: Script::Latin,
        function_words: "i je u se na su da od za a s o te iz ne ali bi tako nije bio bila sve kako po pod samo može ima ga ako jer \
         sam mi ti smo ste si on ona oni to ovo taj ja me mene koji koja koje kao do sa nakon ili biti pa još već kad \
         kada nešto nisam znam mislim jako bilo bez oko između nego šta gdje ko dvije lijepo uvijek poslije prije \
         također neko uopće tokom zbog će vrlo ništa niko ovdje razumijem trebam jesam tačno vidjeti dio sljedeći",
        other_words: "vrijeme sedmica sedmice hiljada hiljade hiljadu općina djeca dijete porodica maja juna jula septembra \
         oktobra novembra decembra januara februara marta aprila augusta hljeb historija vijeka njen oblast ljudi \
         čovjek mjesto riječ svijet lice",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ceb",
        name: "Cebuano",
        script: Script::Latin,
        function_words: "sa nga ug ang mga usa adunay matag iyang walay wala bisan og ka tanang ako ikaw siya kami kita sila nako \
         nimo dili kay kini kana mao kung apan niya nila ilang uban alang gikan kaayo lang pud jud pa karon ni gyud \
         aduna",
        other_words: "bata tawo man",
        beginnings: &[],
    },
    FrequentWords {
        tag: "cy",
        name: "Welsh",
        script: Script::Latin,
        function_words: "yn y o a i ar ei yr mae ac gan roedd oedd fel o'r mae'r mewn un wedi eu ond gyfer gyda cael am a'r fod hefyd \
         neu mae'n hyd bod hyn at sydd sy'n rhan fi ti ni chi nhw dim ddim beth sut iawn yma dw dwi rwy yw dyna rhai \
         hwn nid",
        other_words: "",
        beginnings: &[],
    },
    FrequentWords {
        tag: "da",
        name: "Danish",
        script: Script::Latin,
        function_words: "i og er som af til en på det de den fra for et med var at har han ikke om eller sig men andre ud over der \
         kan dette ved bliver efter havde da mellem mod mange op kom jeg mig dig vi jer hun noget nogen nogle hvad \
         hvordan hvem hvor hvorfor bare meget mere gøre være været nu også så skal vil hele sammen gennem flere blev \
         lidt rigtig altså siden ligesom",
        other_words: "selv man",
        beginnings: &[],
    },
    FrequentWords {
        tag: "eu",
        name: "Basque",
        script: Script::Latin,
        function_words: "eta da zen ziren izan bat ere dira bere ez egin du ko zuten edo dago den baina hainbat beste ondoren bi ditu \
         dute zituen nik zuk guk ni gu hori hau oso bai nire gure behar dut duen dela zer nola gero orain asko bezala \
         arte bakarrik",
        other_words: "etxean",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ga",
        name: "Irish",
        script: Script::Latin,
        function_words: "an a na is agus ar i é le go sa ag mar de sin tá bhí in seo ach nó chun leis faoi raibh iad í as air do \
         féidir san mé tú sé sí muid siad níl ní cad conas anois an-mhaith agam agat aige aici againn acu den gur \
         nach",
        other_words: "duine daoine",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ha",
        name: "Hausa",
        script: Script::Latin,
        function_words: "da ta ba ko kuma cikin za yi wanda wannan wata wani cewa su zai ne ce masa domin don saboda haka amma daga \
         zuwa yana tana suna muna ina kana kina sun mun yake take suke muke nake lokacin lokaci kamar idan sai akwai \
         babu abin sosai yanzu yau ni kai ke shi ita mu ku mai sa an ya wasu bayan kafin ga har tun nan can",
        other_words: "mutane mutum yara gida aiki",
        beginnings: &[],
    },
    FrequentWords {
        tag: "hr",
        name: "Croatian",
        script: Script::Latin,
        function_words: "i je u se na su da od za a s o te iz ne ali bi tako nije bio bila sve kako po pod samo može ima ga ako jer \
         sam mi ti smo ste si on ona oni to ovo taj ja me mene koji koja koje kao do sa nakon ili biti pa još već kad \
         kada nešto nisam znam mislim jako bilo bez oko između nego što gdje tko dvije lijepo uvijek poslije prije \
         također netko uopće tijekom zbog će vrlo budući ništa nitko osim kroz ovdje razumijem htio trebam jesam \
         općenito točno vidjeti dio sljedeći",
        other_words: "vrijeme tjedan tjedna tisuća općina djeca dijete obitelj svibnja lipnja srpnja rujna listopada studenog \
         prosinca siječnja veljače ožujka travnja kolovoza kruh ljudi čovjek mjesto riječ svijet lice",
        beginnings: &[],
    },
    FrequentWords {
        tag: "id",
        name: "Indonesian",
        script: Script::Latin,
        function_words: "yang dan di ini itu pada untuk dari dengan oleh adalah dalam ada tidak mereka saya kamu kami kita dia bisa \
         karena bahwa hanya namun saat juga atau akan ke telah sudah kepada lebih banyak sangat kalau ketika nggak \
         enggak gak tapi tetapi aku kayak sama gitu banget udah aja sih kan jadi lagi punya kalo seperti sebuah \
         seorang secara tersebut merupakan menjadi satu jika lain beberapa maka harus masih sebagai anda pun mau \
         ingin para melakukan sering yaitu bagaimana begitu terhadap berbagai apakah sedikit sedang mas mbak nih dong \
         deh bilang soal ternyata coba nya",
        other_words: "orang waktu uang tahun teman bekerja mobil kantor ibu bapak",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ig",
        name: "Igbo",
        script: Script::Latin,
        function_words: "na ọ nke a bụla ma ya bụ nwere ndị ga ha ka ihe ebe maka nile niile anyị ọzọ onwe n'ime otu dị aka dịghị isi \
         ime anyi m gị ị mgbe ugbu kwa mere n'ihi were si bu na-eme eme",
        other_words: "onye ndi obodo ike mmadụ nwa ụmụ",
        beginnings: &[],
    },
    FrequentWords {
        tag: "is",
        name: "Icelandic",
        script: Script::Latin,
        function_words: "að og í á er sem til um það en ekki við með fyrir af var ég því hann eru verið frá þá hafa hefur þeir eða \
         þar þeim vera ef þegar þetta nú svo hún hér mér voru einnig okkur hvað bara mjög líka þú mig sig allt koma \
         alveg sko já",
        other_words: "",
        beginnings: &[],
    },
    FrequentWords {
        tag: "jv",
        name: "Javanese",
        script: Script::Latin,
        function_words: "lan kang ing sing iki iku ora marang saka kanggo karo dadi ana sarta kanthi saben utawa bisa kudu aku kowe \
         dheweke kuwi wis durung uga nanging amarga merga luwih mung akeh apa yen nalika banjur arep isih liyane wae \
         tanpa padha tumrap tansah kabeh supaya kula sampun boten wonten punika inggih saking dhateng",
        other_words: "uwong wong bocah omah dina",
        beginnings: &[],
    },
    FrequentWords {
        tag: "lg",
        name: "Ganda",
        script: Script::Latin,
        function_words: "mu ku ne nga nti bwe era wa aba ate buli ye oba be kino naye kuliko gye kyokka kuba bano baabwe bye kya lwe \
         eno kati we ze zino gwe kubanga nnyo nze ggwe bali ali okuva okuba okusobola kyo ekyo kye wabula",
        other_words: "abaana abalala abantu omuntu omwana awaka",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ln",
        name: "Lingala",
        script: Script::Latin,
        function_words: "ya na pe nyonso te oyo azali ye to ndenge moko yango po kati ezali esengeli ata bango tango bazali mosusu \
         mpe kasi biso bino nga yo nazali mingi mpo lokola kozala soki sikoyo nde awa kuna lelo",
        other_words: "moto bato eloko likambo makambo bana mwana ndako",
        beginnings: &[],
    },
    FrequentWords {
        tag: "mi",
        name: "Māori",
        script: Script::Latin,
        function_words: "te i ki ngā o e he ka ko kei me ana atu mahi hei nei kia mai ia māori ētahi kua hoki wā mō ake tēnei rātou \
         tā anō tētahi tonu roto nā tō nui ahau mātou tātou engari nga kāore nō kē",
        other_words: "koe whānau",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ms",
        name: "Malay",
        script: Script::Latin,
        function_words: "yang dan di ini itu pada untuk dari dengan oleh adalah dalam ada tidak mereka saya awak kami kita dia kamu \
         boleh kerana daripada bahawa beliau sahaja saja ialah iaitu tak dah nak mahu macam masa sebab lah pun juga \
         atau akan ke telah sudah kepada lebih banyak sangat kalau bila apabila hendak cakap balik buat kat tu ni \
         dekat anda tetapi tapi satu lagi macam-macam ramai jika lain sesiapa tiada hendaklah tiap-tiap mana-mana \
         mempunyai selepas semasa bagi berlaku guna nampak tengok mesti dengar faham esok kena betul segala pasal",
        other_words: "orang kerajaan negara wang duit perlu kawan lelaki mak budak kereta sekolah cikgu bandar kampung",
        beginnings: &[],
    },
    FrequentWords {
        tag: "nb",
        name: "Norwegian Bokmål",
        script: Script::Latin,
        function_words: "i og er som av til en på det de den fra for et med var å har han ikke om at eller seg men andre ut over der \
         kan dette ved blir etter hadde da mellom mot mange opp kom jeg meg deg vi dere hun noe noen hva hvordan hvem \
         hvor hvorfor bare mye mer gjøre være vært nå også så skal vil hele sammen gjennom flere ble litt veldig \
         liksom siden slik",
        other_words: "selv",
        beginnings: &[],
    },
    FrequentWords {
        tag: "nl",
        name: "Dutch",
        script: Script::Latin,
        function_words: "de en van in is het niet dat wat voor met ik jij je hij zij ze wij we om te aan op was zal kan ook maar zo \
         mijn jouw haar hem wordt door als uit nog veel er deze dit bij een naar toen moet zijn gaan hebben heb heeft \
         dus gewoon meer al geweest",
        other_words: "mensen",
        beginnings: &[],
    },
    FrequentWords {
        tag: "nn",
        name: "Norwegian Nynorsk",
        script: Script::Latin,
        function_words: "i og er som av til ein på det dei den frå for eit med var å har han ikkje vart ei om at eller seg òg men \
         andre ut over der kan dette ved blir etter hadde då mellom mot mange opp kom eg meg deg vi me dykk ho noko \
         nokon nokre kva korleis kven kvar kvifor berre mykje meir gjere vere vore no også så skal vil heile sjølv \
         saman gjennom fleire sidan slik",
        other_words: "",
        beginnings: &[],
    },
    FrequentWords {
        tag: "nso",
        name: "Northern Sotho",
        script: Script::Latin,
        function_words: "go le e ka ya ba a o ga ke tše tša sa di wa re la se gore mme tla goba gagwe bo be ile yena rena eupša na \
         yona bona bakeng gago nago gape kudu moo fela bjalo bjale ntše bohle moka nna wena eng ge seo dilo gae tšeo \
         yeo yo",
        other_words: "batho motho bana",
        beginnings: &[],
    },
    FrequentWords {
        tag: "rw",
        name: "Kinyarwanda",
        script: Script::Latin,
        function_words: "mu ku wese nta kandi cyanga no agomba buli bose byose bwo ko muli ndetse ali bagomba ngo kugira iyo na niko \
         kuko bwose ni byo ariko ubu njye wowe cyane ibyo iki uyu hari bari yari nyuma mbere kubera yego oya ntabwo \
         icyo bityo rero byari mbese kuri muri uko",
        other_words: "umuntu muntu igihe abantu abana umwana",
        beginnings: &[],
    },
    FrequentWords {
        tag: "sn",
        name: "Shona",
        script: Script::Latin,
        function_words: "kuti kana asi uye iyi ini uyu akati chete iri ane ndiri ari vari wake nekuti izvi kuita zvino sezvo ava vake \
         apo mumwe kubva vakati here iye chero saka wavo kusvika mushure hapana uko naye izvo zviri pamwe zvakanaka \
         ndinoti ndaka nguva pane haana nekuda zvikuru handizivi",
        other_words: "vanhu mwana vana basa imba kumba baba amai munhu",
        beginnings: &["ndi"],
    },
    FrequentWords {
        tag: "so",
        name: "Somali",
        script: Script::Latin,
        function_words: "oo iyo ka ku ah u ee waa ay waxaa uu waxay ayaa soo lagu badan kale wuxuu ugu aad loo waxa ama laga tahay \
         yahay kala aan markii waxaan inuu inay laakiin lakiin uga qof taas taasi leh ahaa ahayd ahaan sidoo isla \
         sida dib wax weyn haa maya anigu aniga adiga isaga iyada annaga iyaga hadda halkaas halkan marka mar wuu way \
         waan maxaa maxay xaggee wallaahi",
        other_words: "dadka guriga caruurta",
        beginnings: &[],
    },
    FrequentWords {
        tag: "sq",
        name: "Albanian",
        script: Script::Latin,
        function_words: "të e në dhe i me një nga për që më është ka u edhe te se janë si ai ne së nuk duke ishte shumë këtë prej por \
         deri kishte tyre pas disa do ku ky kjo mund unë ti ajo atë ata jam kam po jo çfarë kur këto gjithë mirë mua \
         sepse vetëm",
        other_words: "",
        beginnings: &[],
    },
    FrequentWords {
        tag: "sr",
        name: "Serbian",
        script: Script::Latin,
        function_words: "i je u se na su da od za a s o te iz ne ali bi tako nije bio bila sve kako po pod samo može ima ga ako jer \
         sam mi ti smo ste si on ona oni to ovo taj ja me mene koji koja koje kao do sa nakon ili biti pa još već kad \
         kada nešto nisam znam mislim jako bilo bez oko između nego šta gde ko dve lepo uvek posle pre takođe neko \
         uopšte tokom zbog će vrlo ništa niko ovde razumem trebam jesam tačno celo videti negde sledeći",
        other_words: "vreme nedelja nedelje hiljada hiljade opština deca dete porodica maja juna jula septembra oktobra novembra \
         decembra januara februara marta aprila avgusta hleb istorija veka reč mesto čovek ljudi svet delu lica",
        beginnings: &[],
    },
    FrequentWords {
        tag: "st",
        name: "Southern Sotho",
        script: Script::Latin,
        function_words: "ho le e ka ya ba a o ha ke tse tsa sa di wa re la se hore mme tla kapa hae bo ne ile ena rona empa na yona \
         bona bakeng hao nang hape haholo moo feela jwalo jwale ntse leng bohle tsohle mona nna wena eng haeba neng \
         seo lapeng",
        other_words: "batho motho bana ntho",
        beginnings: &[],
    },
    FrequentWords {
        tag: "su",
        name: "Sundanese",
        script: Script::Latin,
        function_words: "anu jeung nu teh ku ti ka di pikeun keur geus bisa lain henteu teu eta ieu kana tina ayana boga atawa kabeh \
         urang abdi manehna maranehna aya ari mah oge saha naha kumaha lamun supaya sangkan loba pisan kudu sejen téh \
         éta nya",
        other_words: "dina jalma",
        beginnings: &[],
    },
    FrequentWords {
        tag: "sv",
        name: "Swedish",
        script: Script::Latin,
        function_words: "i och är som av till en på det de den från för ett med var att har han inte om eller sig men andra ut över \
         där kan detta vid blir efter hade då mellan mot många upp kom jag mig dig vi ni hon något någon några vad \
         hur vem varför bara mycket mer göra vara varit nu också så ska skall vill hela själv tillsammans genom flera \
         blev lite väldigt liksom sedan alltså",
        other_words: "man",
        beginnings: &[],
    },
    FrequentWords {
        tag: "sw",
        name: "Swahili",
        script: Script::Latin,
        function_words: "ya na wa kwa katika ni za la cha vya kuwa kama yake hii hiyo huo hizo hizi au baada wakati kutoka kwenye \
         hivyo sana lakini pia pamoja hata ambayo ambao kwamba mimi wewe yeye sisi nyinyi wao yangu yako wangu wako \
         wetu zetu yao kila hapo hapa ndiyo hapana ndio sasa tu nini nani gani bado ilikuwa alikuwa nilikuwa tulikuwa \
         walikuwa hakuna kuna sababu kabla ili basi kidogo zaidi bila mpaka hadi ila",
        other_words: "watu kitu vitu mtu siku kazi watoto mama nyumbani mwaka",
        beginnings: &["nili", "tuli", "nina", "tuna", "wana"],
    },
    FrequentWords {
        tag: "tl",
        name: "Tagalog",
        script: Script::Latin,
        function_words: "ng sa ang na mga ay at isang ito si ni noong may kanyang hindi siya para nito rin upang kung isa pa niya \
         nang lamang dahil ngunit pero din iba walang wala kasi ako ikaw kami tayo sila namin natin nila ko mo po opo \
         yung iyong naman lang parang talaga ganun tapos nung ba mas bago",
        other_words: "anak tao",
        beginnings: &[],
    },
    FrequentWords {
        tag: "tn",
        name: "Tswana",
        script: Script::Latin,
        function_words: "go a ba le ka e o ya re ke fa mo gore se ga di ne wa mme sa tsa kwa tse bone bo la jalo fela nna dira gagwe \
         yo ntse teng jwa rona jaaka morago gape ene gone thata sentle tsone kgotsa wena eng jaanong nako gago dilo \
         gae",
        other_words: "batho motho bana",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ts",
        name: "Tsonga",
        script: Script::Latin,
        function_words: "ku hi ya na va wa eka a ta nga ka yi swi ri ra xa swa ndzi leswaku bya loko i leswi yo u le leyi lava ti \
         hina nkarhi ni vona wu wo yena kona laha lexi fanele ngopfu naswona kambe lowu leti mina wena hikuva kumbe",
        other_words: "vanhu munhu vana",
        beginnings: &[],
    },
    FrequentWords {
        tag: "wo",
        name: "Wolof",
        script: Script::Latin,
        function_words: "ci ak am na ko ne ñu mbaa mu ku it yi te gu yu bu ay aju amul ni ànd bi mi di gi kenn yaa xam duma yow moom \
         nun ñoom wax dafa dafay ngir waaye lool fii foofu bokk lii loolu leen nga maa la tey booba",
        other_words: "nit lu man",
        beginnings: &[],
    },
    FrequentWords {
        tag: "xh",
        name: "Xhosa",
        script: Script::Latin,
        function_words: "ukuba xa kwaye kunye okanye kuba ezi eli kodwa kufuneka ukuze bonke lo abo oku apha apho enye yaye akukho \
         phantsi oko kule ngoku kukho ezo kakhulu mna wena yena thina bona ewe hayi ngoba xana kananjalo ukuya wam \
         yam kum andazi ndiyazi ndithi ndandi nje phambi kuphela zonke yonke kwakhona ngenxa emva kwi kwakunye ke \
         koko eyona onke nokuba baya uya ndiya siya kweli kwam yintoni kutheni njani utshilo wathi bathi okokuba \
         nabani wonke okwenzeka elo naye njengoko kwa elinye abaninzi uze aze baza loo olu kolu lelona de ngamnye \
         kaloku",
        other_words: "abantu nto into izinto umntu xesha ixesha abantwana umntwana ekhaya ilungelo lilungelo umhla igama ubomi \
         imibuzo enkosi molo isikolo",
        beginnings: &["ndi", "ii"],
    },
    FrequentWords {
        tag: "yo",
        name: "Yoruba",
        script: Script::Latin,
        function_words: "ní ń ó tí ti ati àti àwọn awon awọn kan sí si bí fún fun fi rẹ rẹ̀ jẹ jẹ́ je nínú ninu sì wà pé pe náà naa \
         lè le máa maa gbogbo kò ko wọn wọ́n won mo èmi ìwọ òun o a bá ṣe láti lati pẹ̀lú pelu ṣùgbọ́n sugbon nígbà \
         nitori nítorí èyí yìí yii wa lọ mi wá ohun tó tún kí",
        other_words: "ọmọ ènìyàn eniyan",
        beginnings: &[],
    },
    FrequentWords {
        tag: "zu",
        name: "Zulu",
        script: Script::Latin,
        function_words: "ukuthi futhi kodwa uma noma kanye kakhulu lokhu ngoba kusho khona njengoba lapho bese ukuze kufanele abanye \
         nje njalo konke kanti kuphela ngenxa emuva phakathi yonke manje kukhona lokho ngesikhathi ngangithi mina \
         wena yena thina bona yebo cha angazi ngaleso thola lapha kakhona wami bami kini yini zonke bonke ngaphandle \
         ngo kungani kanjani kuphi lakhe lezi lesi lolu ngaphansi uthe uthi kube kuthi ngokuba nokuthi wathi kumele \
         wonke kanjalo naye ake phela nami kwami laba ube bethi kepha ingabe sengathi yize nakuba kahle ngisho",
        other_words: "abantu umuntu izingane isikhathi eminyaka usuku ekhaya into izinto owodwa unelungelo ilungelo impilo \
         izikhathi sizwe siyabonga sawubona",
        beginnings: &["ngi"],
    },
    FrequentWords {
        tag: "kk",
        name: "Kazakh",
        script: Script::Cyrillic,
        function_words: "және мен бұл де да оның бар болды ол осы бір үшін кейін сол деген өз ал еді болып бойынша туралы бірақ керек \
         емес жоқ біз сіз сен олар қалай неге өте көп жақсы қазір солай",
        other_words: "адам бала",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ky",
        name: "Kyrgyz",
        script: Script::Cyrillic,
        function_words: "жана менен бул бир үчүн эмес бар жок болгон деп ал биз сиз мен сен алар кандай эмне абдан көп азыр ошол \
         кийин дагы керек болуп",
        other_words: "бала",
        beginnings: &[],
    },
    FrequentWords {
        tag: "mn",
        name: "Mongolian",
        script: Script::Cyrillic,
        function_words: "нь байна гэж энэ юм байгаа бол байсан гэсэн их нэг болон дээр вэ гээд биш байж бид би та чи тэр маш гэхдээ \
         эсвэл одоо яаж бас л мөн болно дараа өөр",
        other_words: "хүн",
        beginnings: &[],
    },
    FrequentWords {
        tag: "am",
        name: "Amharic",
        script: Script::Ethiopic,
        function_words: "ነው እና ላይ ውስጥ ወደ ነበር ሁሉ ግን ወይም እኔ እኛ እንደ ያለው ጋር ስለ አለ ይህ ይህን እዚህ ምን በጣም ማንኛውም እያንዳንዱ አይደለም አለው",
        other_words: "ነገር መብት ሰው ጊዜ",
        beginnings: &[],
    },
    FrequentWords {
        tag: "ti",
        name: "Tigrinya",
        script: Script::Ethiopic,
        function_words: "እዩ ናይ ካብ ኣብ ድማ ከም ከኣ ግን ምስ እዚ እቲ ነቲ ወይ ንሕና ኣነ ኣሎ ነበረ ኩሉ ኩሎም እንታይ ብዙሕ ናብ ነዚ ስለዝኾነ ኸኣ ነይሩ ይኹን ዝኾነ",
        other_words: "ሰብ",
        beginnings: &[],
    },
];
