//! Exports of programs that make surveys. Whatever the program: a row is a respondent, what says who somebody is stays out, and no
//! heading is an answer.

use super::*;

/// What must stand nowhere in a reading of these tables but in notes.
const SECRETS: [&str; 4] = ["ada@example.org", "10.0.0.7", "Ada Weber", "48.2082"];

fn read(name: &str, text: &str) -> String {
    let reading = read_as(name, text.as_bytes());
    check(&reading);
    let shown = shown(&reading);
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    shown
}

#[test]
fn qualtrics_as_it_was_before() {
    insta::assert_snapshot!(read("old.csv", "V1,V2,V3,V5,V6,V8,V10,Q1,Q2,LocationLatitude\nResponseID,ResponseSet,Name,EmailAddress,IPAddress,StartDate,Finished,How long have you worked here?,What would you change first?,LocationLatitude\nR_7x,Default,Ada Weber,ada@example.org,10.0.0.7,2024-03-01 10:00,1,5 years,I would let the cook decide what we buy.,48.2082\nR_8y,Default,Ada Weber,ada@example.org,10.0.0.7,2024-03-02 10:00,1,2 years,The night shift should have its own key.,48.2082\n"), @r#"
    R_7x (csv, old.csv) Finished=1 Q1=5 years
      1 Interviewer <Q2> -..- "What would you change first?"
      2 Participant <Respondent> -..- "I would let the cook decide what we buy."
    R_8y (csv, old.csv) Finished=1 Q1=2 years
      1 Interviewer <Q2> -..- "What would you change first?"
      2 Participant <Respondent> -..- "The night shift should have its own key."
    note: old.csv: the table was read as a survey of Qualtrics with a respondent a row; answers in people's own words were read from `Q2`; attributes are `Finished`, `Q1` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: old.csv: what the survey program notes about respondents, and what says who they are, was left out: `ResponseSet`, `Name`, `EmailAddress`, `IPAddress`, `StartDate`, `LocationLatitude` (put what you want to compare by into the participants file)
    "#);
}

#[test]
fn google_forms_in_three_languages() {
    insta::assert_snapshot!(read("g.csv", "Timestamp,Email Address,Your full name,How old are you?,What would you change first?\n2024/03/01 10:00:00 AM GMT+1,ada@example.org,Ada Weber,34,I would let the cook decide what we buy.\n2024/03/02 9:00:00 AM GMT+1,ada@example.org,Ada Weber,51,The night shift should have its own key.\n"), @r#"
    row 2 (csv, g.csv) How old are you?=34
      1 Interviewer <Q3> -..- "What would you change first?"
      2 Participant <Respondent> -..- "I would let the cook decide what we buy."
    row 3 (csv, g.csv) How old are you?=51
      1 Interviewer <Q3> -..- "What would you change first?"
      2 Participant <Respondent> -..- "The night shift should have its own key."
    note: g.csv: the table was read as a survey of Google Forms with a respondent a row; answers in people's own words were read from `What would you change first?`; attributes are `How old are you?` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: g.csv: what the survey program notes about respondents, and what says who they are, was left out: `Timestamp`, `Email Address`, `Your full name` (put what you want to compare by into the participants file)
    "#);
    insta::assert_snapshot!(read("g.csv", "Zeitstempel;E-Mail-Adresse;Was würden Sie zuerst ändern?\n01.03.2024 10:00:00;ada@example.org;Die Köchin soll entscheiden, was wir einkaufen.\n02.03.2024 11:30:00;ada@example.org;Die Nachtschicht braucht einen eigenen Schlüssel.\n"), @r#"
    row 2 (csv, g.csv)
      1 Interviewer <Q1> -..- "Was würden Sie zuerst ändern?"
      2 Participant <Respondent> -..- "Die Köchin soll entscheiden, was wir einkaufen."
    row 3 (csv, g.csv)
      1 Interviewer <Q1> -..- "Was würden Sie zuerst ändern?"
      2 Participant <Respondent> -..- "Die Nachtschicht braucht einen eigenen Schlüssel."
    note: g.csv: the table was read as a survey of Google Forms with a respondent a row; answers in people's own words were read from `Was würden Sie zuerst ändern?` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: g.csv: what the survey program notes about respondents, and what says who they are, was left out: `Zeitstempel`, `E-Mail-Adresse` (put what you want to compare by into the participants file)
    "#);
    insta::assert_snapshot!(read("g.csv", "Marca temporal,¿Qué cambiaría primero?,Nombre y apellidos\n1/3/2024 10:00:00,Que la cocinera decida lo que se compra.,Ada Weber\n2/3/2024 11:30:00,El turno de noche necesita su propia llave.,Ada Weber\n"), @r#"
    row 2 (csv, g.csv)
      1 Interviewer <Q1> -..- "¿Qué cambiaría primero?"
      2 Participant <Respondent> -..- "Que la cocinera decida lo que se compra."
    row 3 (csv, g.csv)
      1 Interviewer <Q1> -..- "¿Qué cambiaría primero?"
      2 Participant <Respondent> -..- "El turno de noche necesita su propia llave."
    note: g.csv: the table was read as a survey of Google Forms with a respondent a row; answers in people's own words were read from `¿Qué cambiaría primero?` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: g.csv: what the survey program notes about respondents, and what says who they are, was left out: `Marca temporal`, `Nombre y apellidos` (put what you want to compare by into the participants file)
    "#);
}

#[test]
fn a_transcript_with_a_column_of_times_is_no_form() {
    insta::assert_snapshot!(read("t.csv", "Timestamp,Speaker,Text\n00:00:01,Ada,We wove at night.\n00:00:04,Ben,For whom?\n"), @r#"
    t (csv, t.csv)
      1 Participant <Ada> 1000..- "We wove at night."
      2 Participant <Ben> 4000..- "For whom?"
    "#);
}

#[test]
fn microsoft_forms_in_two_languages() {
    insta::assert_snapshot!(read("m.csv", "ID,Start time,Completion time,Email,Name,Last modified time,Which shift do you work?,What would you change first?\n1,3/1/24 10:00:00,3/1/24 10:05:00,ada@example.org,Ada Weber,,Night,I would let the cook decide what we buy.\n2,3/2/24 10:00:00,3/2/24 10:05:00,anonymous,,,Day,The night shift should have its own key.\n"), @r#"
    1 (csv, m.csv) Which shift do you work?=Night
      1 Interviewer <Q2> -..- "What would you change first?"
      2 Participant <Respondent> -..- "I would let the cook decide what we buy."
    2 (csv, m.csv) Which shift do you work?=Day
      1 Interviewer <Q2> -..- "What would you change first?"
      2 Participant <Respondent> -..- "The night shift should have its own key."
    note: m.csv: the table was read as a survey of Microsoft Forms with a respondent a row; answers in people's own words were read from `What would you change first?`; attributes are `Which shift do you work?` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: m.csv: what the survey program notes about respondents, and what says who they are, was left out: `Start time`, `Completion time`, `Email`, `Name`, `Last modified time` (put what you want to compare by into the participants file)
    "#);
    insta::assert_snapshot!(read("m.csv", "ID;Startzeit;Fertigstellungszeit;E-Mail;Name;Was würden Sie zuerst ändern?\n1;01.03.2024 10:00;01.03.2024 10:04;ada@example.org;Ada Weber;Die Köchin soll entscheiden, was wir einkaufen.\n2;02.03.2024 10:00;02.03.2024 10:04;anonymous;;Die Nachtschicht braucht einen eigenen Schlüssel.\n"), @r#"
    1 (csv, m.csv)
      1 Interviewer <Q1> -..- "Was würden Sie zuerst ändern?"
      2 Participant <Respondent> -..- "Die Köchin soll entscheiden, was wir einkaufen."
    2 (csv, m.csv)
      1 Interviewer <Q1> -..- "Was würden Sie zuerst ändern?"
      2 Participant <Respondent> -..- "Die Nachtschicht braucht einen eigenen Schlüssel."
    note: m.csv: the table was read as a survey of Microsoft Forms with a respondent a row; answers in people's own words were read from `Was würden Sie zuerst ändern?` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: m.csv: what the survey program notes about respondents, and what says who they are, was left out: `Startzeit`, `Fertigstellungszeit`, `E-Mail`, `Name` (put what you want to compare by into the participants file)
    "#);
}

#[test]
fn survey_monkey_with_several_choices() {
    insta::assert_snapshot!(read("s.csv", "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Which shifts do you work?,,What would you change first?\n,,,,,,,Day,Night,Open-Ended Response\n901,7,2024-03-01,2024-03-01,10.0.0.7,ada@example.org,Ada Weber,Day,,The cook decides.\n902,7,2024-03-02,2024-03-02,10.0.0.7,,,,Night,Keys for the night shift.\n903,7,2024-03-02,2024-03-02,10.0.0.7,,,Day,Night,\n"), @r#"
    901 (csv, s.csv) Which shifts do you work?: Day=Day Which shifts do you work?: Night=
      1 Interviewer <Q3> -..- "What would you change first?"
      2 Participant <Respondent> -..- "The cook decides."
    902 (csv, s.csv) Which shifts do you work?: Day= Which shifts do you work?: Night=Night
      1 Interviewer <Q3> -..- "What would you change first?"
      2 Participant <Respondent> -..- "Keys for the night shift."
    note: s.csv: the table was read as a survey of SurveyMonkey with a respondent a row; answers in people's own words were read from `What would you change first?`; attributes are `Which shifts do you work?: Day`, `Which shifts do you work?: Night` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: s.csv: what the survey program notes about respondents, and what says who they are, was left out: `Collector ID`, `Start Date`, `End Date`, `IP Address`, `Email Address`, `First Name` (put what you want to compare by into the participants file)
    note: s.csv:5: 1 respondent who wrote nothing was left out
    "#);
}

#[test]
fn lime_survey_by_code_and_by_words() {
    insta::assert_snapshot!(read("l.csv", "\"id. Response ID\",\"submitdate. Date submitted\",\"lastpage. Last page\",\"startlanguage. Start language\",\"seed. Seed\",\"ipaddr. IP address\",\"G01Q01. Which shift do you work?\",\"G01Q02. What would you change first?\"\n1,\"2024-03-01 10:00:00\",2,en,1234,10.0.0.7,Night,\"I would let the cook decide what we buy.\"\n2,\"2024-03-02 10:00:00\",2,en,1235,10.0.0.7,Day,\"The night shift should have its own key.\"\n"), @r#"
    1 (csv, l.csv) G01Q01=Night startlanguage=en
      1 Interviewer <G01Q02> -..- "What would you change first?"
      2 Participant <Respondent> -..- "I would let the cook decide what we buy."
    2 (csv, l.csv) G01Q01=Day startlanguage=en
      1 Interviewer <G01Q02> -..- "What would you change first?"
      2 Participant <Respondent> -..- "The night shift should have its own key."
    note: l.csv: the table was read as a survey of LimeSurvey with a respondent a row; answers in people's own words were read from `G01Q02`; attributes are `startlanguage`, `G01Q01` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: l.csv: what the survey program notes about respondents, and what says who they are, was left out: `submitdate`, `lastpage`, `seed`, `ipaddr` (put what you want to compare by into the participants file)
    "#);
    insta::assert_snapshot!(read("l.csv", "Antwort ID;Datum Abgeschickt;Letzte Seite;Start-Sprache;Zufallsstartwert;Was würden Sie zuerst ändern?\n1;2024-03-01 10:00:00;2;de;99;Die Köchin soll entscheiden, was wir einkaufen.\n"), @r#"
    1 (csv, l.csv) Start-Sprache=de
      1 Interviewer <Q1> -..- "Was würden Sie zuerst ändern?"
      2 Participant <Respondent> -..- "Die Köchin soll entscheiden, was wir einkaufen."
    note: l.csv: the table was read as a survey of LimeSurvey with a respondent a row; answers in people's own words were read from `Was würden Sie zuerst ändern?`; attributes are `Start-Sprache` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: l.csv: what the survey program notes about respondents, and what says who they are, was left out: `Datum Abgeschickt`, `Letzte Seite`, `Zufallsstartwert` (put what you want to compare by into the participants file)
    "#);
}

#[test]
fn two_answers_under_one_name_stay_two_respondents() {
    insta::assert_snapshot!(read("twice.csv", "StartDate,IPAddress,ResponseId,Q2\n2024-03-01,10.0.0.7,R_1,I would let the cook decide what we buy.\n2024-03-02,10.0.0.7,R_1,The night shift should have its own key.\n"), @r#"
    R_1 (csv, twice.csv)
      1 Interviewer <Q2> -..- "Q2"
      2 Participant <Respondent> -..- "I would let the cook decide what we buy."
    R_1 row 3 (csv, twice.csv)
      1 Interviewer <Q2> -..- "Q2"
      2 Participant <Respondent> -..- "The night shift should have its own key."
    note: twice.csv: the table was read as a survey of Qualtrics with a respondent a row; answers in people's own words were read from `Q2` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: twice.csv: what the survey program notes about respondents, and what says who they are, was left out: `StartDate`, `IPAddress` (put what you want to compare by into the participants file)
    warning: twice.csv:3: `R_1` stands on another row too; this respondent is called `R_1 row 3` (check whether somebody answered twice)
    "#);
}

#[test]
fn a_survey_without_answers_in_words_is_told_of() {
    insta::assert_snapshot!(read("closed.csv", "StartDate,IPAddress,ResponseId,Q1\n2024-03-01,10.0.0.7,R_1,Night\n2024-03-02,10.0.0.7,R_2,Day\n"), @r#"
    note: closed.csv: what the survey program notes about respondents, and what says who they are, was left out: `StartDate`, `IPAddress` (put what you want to compare by into the participants file)
    warning: closed.csv: the table is a survey of Qualtrics, but no question in it was answered in people's own words (if one was, export the survey with that question alone, or make a table with `transcript_id` and `text`)
    error: closed.csv: there is nothing to read in it (open the file and check that it holds a transcript)
    note: closed.csv:2: 2 respondents who wrote nothing were left out
    "#);
}
