//! Words that neither begin nor end a phrase in languages other than English, beside their function words: words for anything, fillers,
//! what reports talk, thanks, greetings, small numbers, times, weekdays and months.

use snowball_stemmers_rs::Algorithm;

/// By language: separated by spaces, in lower case.
pub(super) const EMPTY_ELSEWHERE: &[(Algorithm, &str)] = &[
    (
        Algorithm::Arabic,
        "شيء أشياء حاجة كل ناس الناس شخص أشخاص مثال مثلا حالة طريقة نوع جزء نقطة قليلا مرة مرات نعم لا يعني طيب \
         بصراحة طبعا ربما فعلا بالضبط قول قال قلت يقول أعتقد أظن أعرف يعرف عمل يعمل راح جاء شكرا مرحبا اثنين ثلاثة \
         أربعة خمسة ستة سبعة ثمانية تسعة عشرة أمس غدا اليوم يوم أيام أسبوع شهر سنة سنوات الأحد الاثنين الثلاثاء \
         الأربعاء الخميس الجمعة السبت",
    ),
    (
        Algorithm::Czech,
        "věc věci něco nic všechno lidi lidé lidí člověk osoba příklad případ způsob druh část bod strana trochu \
         krát ano jo ne no prostě vlastně jakoby samozřejmě možná opravdu přesně říct říkat říká řekl řekla myslím \
         vím ví dělat dělá udělat jít jde přijít děkuju děkuji ahoj dva dvě tři čtyři pět šest sedm osm devět deset \
         procent včera zítra dneska dnes den dny dní týden týdny měsíc měsíce rok roky let pondělí úterý středa \
         čtvrtek pátek sobota neděle",
    ),
    (
        Algorithm::Danish,
        "ting sag sager noget ingenting alt folk mennesker person eksempel tilfælde måde slags del punkt side lidt \
         gang gange ja nej jo ligesom altså egentlig måske virkelig præcis sige siger sagde sagt tror synes ved \
         gøre gjort gå går gik komme kommer tak hej to tre fire fem seks syv otte ni ti procent morgen dag dage uge \
         uger måned måneder år mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar marts april maj \
         juni juli august september oktober november december",
    ),
    (
        Algorithm::Dutch,
        "ding dingen iets niets alles mensen mens persoon voorbeeld geval manier soort deel punt kant beetje keer \
         ja nee nou dus eigenlijk gewoon natuurlijk misschien waarschijnlijk echt precies zeggen zegt zei gezegd \
         denk vind weet doen gedaan gaan gaat ging komen komt bedankt hallo dag twee drie vier vijf zes zeven acht \
         negen tien procent gisteren morgen vandaag dagen week weken maand maanden jaar jaren maandag dinsdag \
         woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september \
         oktober november december",
    ),
    (
        Algorithm::Finnish,
        "asia asiat asioita juttu juttuja jotain mitään kaikki ihmiset ihmisiä ihminen henkilö esimerkki \
         esimerkiksi tapa osa kohta puoli vähän kerta kertaa joo juu ei niinku niinkuin tavallaan oikeastaan ehkä \
         varmaan todella juuri sanoa sanoi sanoin luulen minusta tiedä tehdä teki mennä menee tulla tulee kiitos \
         hei kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen prosenttia eilen huomenna tänään \
         päivä viikko kuukausi vuosi vuotta maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    ),
    (
        Algorithm::French,
        "chose choses truc trucs machin quelque rien tout gens personne personnes exemple cas façon manière genre \
         sorte partie point côté peu fois oui non ouais bah ben hein voilà donc alors enfin bref justement vraiment \
         peut-être évidemment exactement effectivement dire dit disais crois pense trouve sais sait fait faire faut \
         vais aller allé venir merci bonjour salut revoir deux trois quatre cinq six sept huit neuf dix pourcent \
         hier demain aujourd'hui jour jours semaine semaines mois an ans année années lundi mardi mercredi jeudi \
         vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre \
         décembre",
    ),
    (
        Algorithm::German,
        "ding dinge sache sachen etwas nichts alles irgendwas zeug leute mensch menschen person beispiel fall art \
         weise teil punkt stück mal bisschen ja nein doch genau stimmt klar halt eben quasi sozusagen eigentlich \
         natürlich irgendwie vielleicht wahrscheinlich wirklich ziemlich sagen sagt sagte gesagt glaube denke meine \
         finde weiß gemacht machen macht gehen geht ging gegangen kommen kommt danke bitte hallo tschüss zwei drei \
         vier fünf sechs sieben acht neun zehn prozent heute gestern morgen tag tage woche wochen monat monate jahr \
         jahre jahren montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai \
         juni juli august september oktober november dezember",
    ),
    (
        Algorithm::Hungarian,
        "dolog dolgok valami semmi minden emberek ember személy példa eset mód fajta rész pont oldal kicsit alkalom \
         igen nem hát szóval tehát tulajdonképpen persze talán tényleg pontosan mondani mond mondta mondtam \
         gondolom szerintem tudom csinálni csinál menni megy ment jönni jön köszönöm szia kettő két három négy öt \
         hat hét nyolc kilenc tíz százalék tegnap holnap ma nap napok hónap év évek hétfő kedd szerda csütörtök \
         péntek szombat vasárnap",
    ),
    (
        Algorithm::Italian,
        "cosa cose qualcosa niente tutto gente persona persone esempio caso modo maniera tipo parte punto lato poco \
         volta volte sì no beh cioè allora insomma diciamo praticamente veramente davvero forse esattamente \
         ovviamente dire dice detto credo penso sembra so sa fare fatto andare vado venire grazie ciao buongiorno \
         due tre quattro cinque sei sette otto nove dieci cento ieri domani oggi giorno giorni settimana settimane \
         mese mesi anno anni lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile \
         maggio giugno luglio agosto settembre ottobre novembre dicembre",
    ),
    (
        Algorithm::Norwegian,
        "ting sak saker noe ingenting alt folk mennesker person eksempel tilfelle måte slags del punkt side litt \
         gang ganger ja nei jo liksom altså egentlig kanskje virkelig akkurat si sier sa sagt tror synes vet gjøre \
         gjort gå går gikk komme kommer takk hei to tre fire fem seks sju åtte ni ti prosent i morgen dag dager uke \
         uker måned måneder år mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar mars april mai \
         juni juli august september oktober november desember",
    ),
    (
        Algorithm::Polish,
        "rzecz rzeczy coś nic wszystko ludzie ludzi człowiek osoba osoby przykład przypadek sposób rodzaj część \
         punkt strona trochę raz razy tak nie no znaczy jakby właściwie oczywiście może naprawdę dokładnie mówić \
         mówi powiedzieć powiedział powiedziała myślę uważam wiem wie robić robi zrobić iść idzie przyjść dziękuję \
         cześć dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć procent wczoraj jutro dzisiaj dziś \
         dzień dni tydzień tygodnie miesiąc miesiące rok lata lat poniedziałek wtorek środa czwartek piątek sobota \
         niedziela",
    ),
    (
        Algorithm::Portuguese,
        "coisa coisas algo nada tudo gente pessoa pessoas exemplo caso maneira forma jeito tipo parte ponto lado \
         pouco vez vezes sim não pois né então assim enfim realmente verdade talvez exatamente obviamente dizer diz \
         disse dito acho penso parece sei sabe fazer feito ir vou vir obrigado obrigada olá tchau dois duas três \
         quatro cinco seis sete oito nove dez cento ontem amanhã hoje dia dias semana semanas mês meses ano anos \
         segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio junho julho agosto \
         setembro outubro novembro dezembro",
    ),
    (
        Algorithm::Romanian,
        "lucru lucruri ceva nimic tot oameni om persoană persoane exemplu caz mod fel tip parte punct puțin dată \
         ori da nu păi deci adică practic sigur poate chiar exact spune zice zis spus cred consider știu știe face \
         făcut merge mers veni mulțumesc bună salut doi două trei patru cinci șase șapte opt nouă zece ieri mâine \
         azi astăzi zi zile săptămână luni lună an ani marți miercuri joi vineri sâmbătă duminică",
    ),
    (
        Algorithm::Russian,
        "вещь вещи что-то ничего всё люди людей человек человека пример случай образом способ вид часть момент \
         сторона немного раз раза да нет ну вот короче типа значит вообще конечно может наверное действительно \
         точно сказать говорить говорит говорю сказал сказала думаю считаю знаю знает делать делает сделать идти \
         прийти спасибо привет здравствуйте два две три четыре пять шесть семь восемь девять десять процентов вчера \
         завтра сегодня день дня дней неделя недели месяц месяца год года лет понедельник вторник среда четверг \
         пятница суббота воскресенье",
    ),
    (
        Algorithm::Spanish,
        "cosa cosas algo nada todo gente persona personas ejemplo caso manera forma tipo parte punto lado poco vez \
         veces sí no pues bueno claro vale entonces o sea digamos realmente verdad quizás exactamente obviamente \
         decir dice dije dicho creo pienso parece sé sabe hacer hecho ir voy venir gracias hola adiós dos tres \
         cuatro cinco seis siete ocho nueve diez ciento ayer mañana hoy día días semana semanas mes meses año años \
         lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto \
         septiembre octubre noviembre diciembre",
    ),
    (
        Algorithm::Swedish,
        "sak saker grej grejer något inget allt folk människor person exempel fall sätt slags del punkt sida lite \
         gång gånger ja nej jo liksom alltså typ egentligen kanske verkligen precis säga säger sa sagt tror tycker \
         vet göra gjort gå går gick komma kommer tack hej två tre fyra fem sex sju åtta nio tio procent igår \
         imorgon idag dag dagar vecka veckor månad månader år måndag tisdag onsdag torsdag fredag lördag söndag \
         januari februari mars april maj juni juli augusti september oktober november december",
    ),
    (
        Algorithm::Turkish,
        "şey şeyler bir hiçbir herkes insan insanlar kişi örnek durum şekilde tür taraf nokta biraz kere kez evet \
         hayır yani işte aslında tabii belki gerçekten tam demek dedi dedim diyor düşünüyorum bence biliyorum \
         bilmiyorum yapmak yaptı gitmek gitti gelmek geldi teşekkürler merhaba iki üç dört beş altı yedi sekiz \
         dokuz on yüzde dün yarın bugün gün hafta ay yıl sene pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    ),
    (
        Algorithm::Ukrainian,
        "річ речі щось нічого все люди людей людина приклад випадок спосіб вид частина момент сторона трохи раз \
         рази так ні ну от значить взагалі звичайно може мабуть справді точно сказати говорити каже кажу сказав \
         сказала думаю вважаю знаю знає робити робить зробити йти прийти дякую привіт два дві три чотири п'ять \
         шість сім вісім дев'ять десять вчора завтра сьогодні день дня днів тиждень місяць рік роки років понеділок \
         вівторок середа четвер п'ятниця субота неділя",
    ),
];
