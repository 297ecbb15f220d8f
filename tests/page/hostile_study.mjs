// A study that means harm: markup, scripts, marks of the page's own template, formulas, words without end, invisible
// and reversing letters, in names of interviews, speakers, attributes, groups and themes and in what is said; in
// Arabic, Hebrew, Spanish and English. A script that runs would set window.hit, which a check looks for.

const script = "<script>window.hit=1</script>";
const image = '"><img src=x onerror=window.hit=1>';
const endless = "Donaudampfschifffahrt".repeat(15).slice(0, 300);
const reversing = "\u202Eevil\u202C \u2066left\u2069 \u202Aopen";
const invisible = "zero\u200Bwidth\u200D\uFEFF\u00AD";

/** Texts that do harm where they are taken for something else than text. */
export const harmful = [
  script,
  image,
  "</script><!--<script>",
  "{{SCRIPT}}",
  "{{STUDY}}",
  "<!--",
  "]]>",
  "&lt;b&gt; &amp; &#0;",
  "`${window.hit=1}`",
  "'); window.hit=1; ('",
  "=cmd|'/C calc'!A0",
  "+1+1",
  "@SUM(A1)",
  endless,
  reversing,
  invisible,
  "👩🏽‍💼 🧑‍🤝‍🧑 🇮🇱",
  "\u2028line\u2029separators",
  "__proto__",
  "constructor",
];

/** Names of themes, in the codebook's order. */
export const themeNames = [
  `workload ${script}`,
  `${image} services`,
  "fear </script><!--",
  `{{SCRIPT}} ${endless}`,
  "ضغط العمل",
  "__proto__",
  `=cmd|'/C calc'!A0 ${reversing}`,
];

/** Names of interviews. Those of files hold no slash; those of the table hold anything. */
const fileNames = [
  "P01 <b>bold",
  `P02 "><img src=x onerror=window.hit=1>`,
  "P03 {{VOICES}} & 'quotes' #hash?theme=x%zz",
  "عربي",
  "עברית",
  `P06 ${"x".repeat(120)}`,
];
const tableNames = [script, "../../etc/passwd", `=1+1 ${reversing}`, `<a href="javascript:window.hit=1">x</a>`];

const groups = [image, script, "مصر", `{{STYLE}} ${"y".repeat(300)}`];

const talk = {
  en: [
    "I have sixty families and one morning a week, there is simply no time left for the community work that I " +
      "wanted to do.",
    "Every form has to be filled in twice, and by the evening I am so worn out that I cannot face another meeting.",
    "There is no shelter and no clinic in our town, so where should I send the people who come to me for help?",
    "The services were closed two years ago, and the money never came back, although everybody promised that it would.",
    "If you speak against the ministry you pay for it with your job, everyone here has seen it happen to somebody.",
    "My manager told me to keep quiet about the policy, because the minister reads the newspapers and has a long " +
      "memory.",
    "We learned how to talk with one person, never how to organise a neighbourhood or to write to a council about " +
      "a law.",
    "On good days the children bring me drawings, and I hang them over my desk next to the window with the broken " +
      "blind.",
  ],
  es: [
    "Tengo sesenta familias y una sola mañana por semana, así que no queda tiempo para el trabajo con la comunidad.",
    "No hay ningún refugio en nuestra ciudad, y las ayudas que prometieron no llegaron nunca, aunque las pedimos " +
      "cada año.",
    "Quien habla contra el ministerio lo paga con su puesto, y por eso la mayoría de mis compañeras prefiere callar.",
  ],
  ar: [
    "عندي ستون عائلة وصباح واحد في الأسبوع، ولا يبقى أي وقت للعمل مع المجتمع الذي كنت أريده منذ البداية.",
    "لا يوجد في مدينتنا ملجأ ولا عيادة، فإلى أين أرسل الناس الذين يأتون إلي طلبا للمساعدة كل يوم؟",
    "من يتكلم ضد الوزارة يدفع الثمن من وظيفته، وقد رأينا ذلك يحدث لزميلة لنا في السنة الماضية.",
  ],
  he: [
    "יש לי שישים משפחות ובוקר אחד בשבוע, ופשוט לא נשאר זמן לעבודה הקהילתית שרציתי לעשות כל השנים.",
    "אין אצלנו בעיר מקלט ואין מרפאה, אז לאן אני אמורה לשלוח את האנשים שבאים אלי לבקש עזרה?",
    "מי שמדבר נגד המשרד משלם על זה במשרה שלו, וכולנו ראינו את זה קורה לחברה שלנו בשנה שעברה.",
  ],
};

/** What a participant of an interview says, turn by turn: plain talk with something harmful in it. */
function saidIn(place) {
  const language = { 3: "ar", 4: "he", 5: "es", 8: "es" }[place] ?? "en";
  return Array.from({ length: 8 }, (_, turn) => {
    const sentences = talk[language];
    const one = sentences[(place + turn) % sentences.length];
    const other = sentences[(place * 3 + turn * 5 + 1) % sentences.length];
    // Endless words are slow to embed, so few interviews hold one.
    const harm = harmful[(place * 7 + turn) % harmful.length]
      .replace(place % 4 ? endless : "", "")
      .replace(/[\u2028\u2029]/g, turn % 2 ? "$&" : " ");
    return [`${one} ${harm} ${other}`, `${harm} ${one}`, `${one} ${other} ${harm}`][turn % 3];
  });
}

const cell = (text) => `"${text.replaceAll('"', '""')}"`;

/** The study's files by name, and what stands in it for checks to look for. */
export function hostileFiles() {
  const files = {};
  fileNames.forEach((name, place) => {
    // Who speaks must look like a name in a text; in the table it may be anything.
    const speaker = ["Ana", "Ben O'Hara", "D&D", "ليلى", "רותי", "Eva"][place];
    files[`${name}.txt`] = saidIn(place)
      .map((text) => `INT: And what is ${place % 2 ? "<b>that</b>" : "</main>"} like?\n${speaker}: ${text}\n`)
      .join("");
  });
  const turns = tableNames.flatMap((name, at) =>
    saidIn(fileNames.length + at).flatMap((text) => [
      [name, "INT", `And what is that like, ${image}?`],
      [name, `${script} ${reversing}`, text],
    ]),
  );
  files["talk.csv"] = ["transcript_id,speaker,text", ...turns.map((row) => row.map(cell).join(","))].join("\n");
  const people = [...fileNames, ...tableNames].map((name, place) => [
    name,
    groups[place % groups.length],
    String(2019 + (place % 3)),
    harmful[place],
  ]);
  files["participants.csv"] = [["transcript_id", `country ${script}`, "wave", "=1+1"], ...people]
    .map((row) => row.map(cell).join(","))
    .join("\n");
  const definitions = [
    "Too few hours and too many cases.",
    "No shelter, no clinic, services that closed.",
    "Fear of the ministry and of losing the job.",
    "Never learned how to organise.",
    "وقت قليل وعائلات كثيرة",
    "Something else.",
    "Tired of forms.",
  ];
  const string = (text) => JSON.stringify(text).replaceAll("\u007f", "");
  files["codebook.toml"] = themeNames
    .map(
      (name, at) =>
        `[[theme]]\nname = ${string(name)}\ndefinition = ${string(`${definitions[at]} ${harmful[at]}`)}\ninclude ` +
        `= ${string(harmful[at + 3])}\nexamples = [${string(harmful[at + 5])}]\nkeywords = ` +
        `[${string(harmful[at + 2])}]\n`,
    )
    .join("");
  files["study.toml"] =
    `[study]\ntitle = ${string(`${script}${image}{{SCRIPT}} ${reversing}`)}\nlanguage = ` +
    '"auto"\n[corpus]\ntranscripts = ["*.txt", "talk.csv"]\nparticipants = "participants.csv"\ngroups = ' +
    `[${string(`country ${script}`)}, "wave"]\ninterviewers = ["INT"]\n` +
    `[compare]\ntime = "wave"\n[themes]\ncodebook = "codebook.toml"\n[output]\nformats = ["csv"]\n`;
  return { files, interviews: [...fileNames, ...tableNames], groups };
}
