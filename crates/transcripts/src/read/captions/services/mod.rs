//! JSON of speech recognition services: a [`Service`] a file, recognised by the shape of the file ([`shape`]). Shared parts are in
//! [`entry`] (names of fields, times) and [`passages`].

mod assemblyai;
mod aws;
mod azure;
mod deepgram;
mod editors;
mod elevenlabs;
mod entry;
mod gladia;
mod google;
mod meetings;
mod pace;
mod passages;
mod rev;
pub(super) mod shape;
mod soniox;
mod speechmatics;
mod vosk;
mod watson;
mod whisper;
mod youtube;

use serde::Deserialize;

use self::entry::Unit;
use self::shape::Shape;
use super::Fragment;
use super::lenient_json::{List, Perhaps};
use super::service_lines::{is_service_line, tell_of_service_lines};
use crate::codes;
use crate::read::problems::{ProblemLog, counted};

/// A service, or a family of programs, with JSON of its own.
pub(super) trait Service: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Whether a file of this shape is of this service.
    fn wrote(&self, shape: &Shape) -> bool;
    /// The unit of a bare number of a time.
    fn unit(&self) -> Unit {
        Unit::Seconds
    }
    /// The speech, with bare numbers of times in `unit`.
    ///
    /// # Errors
    /// When the text is not JSON.
    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>>;
}

/// All services. The first whose shape matches reads a file, so services whose shapes are ambiguous come last.
const SERVICES: &[&dyn Service] = &[
    &deepgram::Deepgram,
    &aws::Transcribe,
    &speechmatics::Speechmatics,
    &watson::Watson,
    &azure::Azure,
    &gladia::Gladia,
    &rev::Rev,
    &vosk::Vosk,
    &soniox::Soniox,
    &elevenlabs::Scribe,
    &editors::PaperEdit,
    &meetings::Meetings,
    &assemblyai::AssemblyAi,
    &youtube::TimedText,
    &google::Google,
    &whisper::Whisper,
];

/// The services in a message.
pub(super) const KNOWN: &str = "JSON is read from Whisper and its kin (WhisperX, whisper.cpp, aTrain), OpenAI, AssemblyAI, AWS Transcribe, \
    Azure Speech, Deepgram, ElevenLabs, Gladia, Google Speech, Rev, Soniox, Speechmatics, Vosk, Watson, Teams, Fireflies, Fathom and Sonix; save \
    anything else as .vtt or .srt with speakers, or as a list of turns, each an object with `text` and `speaker`";

/// The service that wrote a file of this shape.
pub(super) fn service_of(shape: &Shape) -> Option<&'static dyn Service> {
    SERVICES.iter().copied().find(|service| service.wrote(shape))
}

/// The speech in a file of a service.
///
/// # Errors
/// When the text is not JSON.
pub(super) fn said_by(
    service: &dyn Service,
    text: &str,
    log: &mut ProblemLog,
) -> serde_json::Result<Vec<Fragment>> {
    let mut said = pace::with_plausible_times(service, text, log)?;
    for said in &mut said {
        said.speaker = said.speaker.take().filter(|name| !name.trim().is_empty());
    }
    let mut left_out = Vec::new();
    said.retain(|said| {
        let keep = !is_service_line(&said.text);
        if !keep {
            left_out.push((None, said.text.clone()));
        }
        keep
    });
    tell_of_service_lines(&left_out, log);
    look_over(&said, log);
    Ok(said)
}

/// The objects of a file: the one at the top, those of the list at the top, or those that follow each other.
fn objects<T: for<'de> Deserialize<'de>>(text: &str) -> serde_json::Result<Vec<T>> {
    if text.trim_start().starts_with('[') {
        return Ok(serde_json::from_str::<List<T>>(text)?.0);
    }
    let mut all = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Perhaps<T>>() {
        all.extend(value?.0);
    }
    Ok(all)
}

/// Warns where times cannot be right, or speakers are missing.
fn look_over(said: &[Fragment], log: &mut ProblemLog) {
    let starts: Vec<u64> = said.iter().filter_map(|said| said.start_ms).collect();
    let backwards = starts.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let reversed = said.iter().filter(|said| said.end_ms.is_some() && said.end_ms < said.start_ms).count();
    if backwards + reversed > 0 {
        log.warning(
            codes::TIME_DOUBTFUL,
            None,
            format!("times run backwards at {}", counted(backwards + reversed, "place", "places")),
            "compare the times with the recording before you quote them",
        );
    }
    let spoken = || said.iter().filter(|said| !said.text.trim().is_empty());
    let untimed = spoken().filter(|said| said.start_ms.is_none() && said.end_ms.is_none()).count();
    if untimed > 0 && untimed < said.len() {
        log.note(
            codes::TIME_LEFT_OUT,
            None,
            format!("{} no time", counted(untimed, "segment has", "segments have")),
            "",
        );
    }
    let unknown = spoken().filter(|said| said.speaker.is_none()).count();
    if unknown > 0 && spoken().any(|said| said.speaker.is_some()) {
        log.note(
            codes::SPEAKER_MISSING,
            None,
            format!("{} no speaker", counted(unknown, "segment has", "segments have")),
            "",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_every_service() {
        for service in SERVICES {
            let name = service.name();
            assert!(KNOWN.contains(name) || ["YouTube", "paper edits"].contains(&name), "{name}");
        }
    }
}
