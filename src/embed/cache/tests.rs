//! Runs one after another over one output folder, and what may happen to the folder in between.

use std::fs;
use std::path::{Path, PathBuf};

use ndarray::Array2;
use sentence_encoder::{
    EmbedError, Encoder, NativeEncoder, Precision, Purpose, RandomModel, write_random_model,
};
use tempfile::TempDir;
use transcripts::Problem;

use super::counting::{Counted, Counting, Toy};
use super::record::{Layout, key};
use super::vector_file::VectorFile;
use super::{Cache, CachedEncoder, SLICE, TextCounts, count_missing, private};

/// What a run did.
struct Done {
    vectors: Array2<f32>,
    passages: TextCounts,
    notes: String,
}

fn run<E: Encoder>(encoder: &E, out: &Path, texts: &[&str]) -> Done {
    let cached = CachedEncoder::new(encoder, out);
    let counted = Counted::default();
    let vectors = cached.encode(texts, Purpose::Passage, &counted).unwrap();
    assert_eq!(counted.steps(), texts.len() as u64);
    let (made, problems) = cached.finish();
    Done { vectors, passages: made.passages, notes: said(&problems) }
}

fn said(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

fn plain<E: Encoder>(encoder: &E, texts: &[&str]) -> Array2<f32> {
    encoder.encode(texts, Purpose::Passage, &()).unwrap()
}

fn counts(embedded: u64, from_cache: u64) -> TextCounts {
    TextCounts { embedded, from_cache }
}

/// The file of an encoder's vectors.
fn file<E: Encoder>(encoder: &E, out: &Path) -> PathBuf {
    out.join("cache").join(Layout::of(encoder).name())
}

/// Records in the file.
fn records<E: Encoder>(encoder: &E, out: &Path) -> u64 {
    let layout = Layout::of(encoder);
    (fs::metadata(file(encoder, out)).unwrap().len() - layout.start(0)) / layout.record() as u64
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    (folder, out)
}

fn tiny(seed: u64, precision: Precision) -> Counting<NativeEncoder> {
    let folder = tempfile::tempdir().unwrap();
    write_random_model(folder.path(), &RandomModel { seed, ..RandomModel::TINY }).unwrap();
    Counting::new(NativeEncoder::load(folder.path(), precision).unwrap())
}

const TEXTS: [&str; 4] = ["sixty families", "", "one morning a week", "שלום"];

#[test]
fn a_second_run_embeds_nothing_and_has_the_same_bits() {
    let (_folder, out) = folder();
    let encoder = tiny(7, Precision::Int8);
    let expected = plain(&encoder.inner, &TEXTS);
    let bits = |vectors: &Array2<f32>| vectors.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for (embedded, from_cache) in [(4, 0), (0, 4), (0, 4)] {
        let done = run(&encoder, &out, &TEXTS);
        assert_eq!(bits(&done.vectors), bits(&expected));
        assert_eq!((done.passages, done.notes.as_str()), (counts(embedded, from_cache), ""));
        assert_eq!(encoder.taken().len() as u64, embedded);
    }
}

#[test]
fn a_new_text_is_embedded_alone() {
    let (_folder, out) = folder();
    let encoder = tiny(7, Precision::Int8);
    run(&encoder, &out, &TEXTS);
    encoder.taken();
    let more = ["one morning a week", "a new text", "sixty families", "a new text"];
    let done = run(&encoder, &out, &more);
    assert_eq!(encoder.taken(), ["a new text"]);
    assert_eq!(done.vectors, plain(&encoder.inner, &more));
    run(&encoder, &out, &["a new text"]);
    assert_eq!(encoder.taken(), Vec::<String>::new());
}

#[test]
fn another_model_arithmetic_or_purpose_shares_nothing() {
    let (_folder, out) = folder();
    for encoder in [tiny(7, Precision::Int8), tiny(7, Precision::F32), tiny(8, Precision::Int8)] {
        let done = run(&encoder, &out, &TEXTS);
        assert_eq!((done.passages, done.notes.as_str()), (counts(4, 0), ""));
        assert_eq!(done.vectors, plain(&encoder.inner, &TEXTS));

        let cached = CachedEncoder::new(&encoder, &out);
        cached.encode(&TEXTS, Purpose::Query, &()).unwrap();
        let (made, _) = cached.finish();
        assert_eq!((made.theme_texts, made.passages), (counts(4, 0), counts(0, 0)));
    }
    let last = tiny(8, Precision::Int8);
    assert_eq!(count_missing(&last, &out, &TEXTS, Purpose::Query), 0);
    assert_eq!(count_missing(&last, &out, &TEXTS, Purpose::Passage), 4, "the last run had no use for them");
    for other in
        [Toy { fingerprint: "01", ..Toy::default() }, Toy { arithmetic: "toy f32 2", ..Toy::default() }]
    {
        assert_ne!(Layout::of(&other).name(), Layout::of(&Toy::default()).name());
    }
}

#[test]
fn vectors_of_another_model_do_not_outlive_a_run() {
    let (_folder, out) = folder();
    let other = Toy { fingerprint: "01", ..Toy::default() };
    run(&other, &out, &TEXTS);
    let partial = file(&other, &out).with_extension("partial");
    fs::copy(file(&other, &out), &partial).unwrap();
    let thesis = out.join("cache/vectors-thesis.bin");
    fs::write(&thesis, "a thesis").unwrap();
    run(&Toy::default(), &out, &TEXTS);
    assert!(!file(&other, &out).exists() && !partial.exists());
    assert_eq!(fs::read(thesis).unwrap(), b"a thesis", "which is none of ours");
}

#[test]
fn a_file_with_any_byte_flipped_gives_the_same_vectors() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    let expected = run(&encoder, &out, &TEXTS).vectors;
    let path = file(&encoder, &out);
    let whole = fs::read(&path).unwrap();
    let (header, record) = (Layout::of(&encoder).header().len(), Layout::of(&encoder).record());
    for index in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[index] ^= 4;
        fs::write(&path, flipped).unwrap();
        let done = run(&encoder, &out, &TEXTS);
        assert_eq!(done.vectors, expected, "{index}");
        // In the header nothing can be trusted; the last record may be what a killed run left.
        let (embedded, note) = match index {
            _ if index < header => (4, "a new one was begun"),
            _ if index < whole.len() - record => (1, "damaged and not used: 1."),
            _ => (1, ""),
        };
        assert_eq!(done.passages, counts(embedded, 4 - embedded), "{index}");
        assert!(done.notes.contains(note) && done.notes.is_empty() == note.is_empty(), "{}", done.notes);
        let again = run(&encoder, &out, &TEXTS);
        assert_eq!((again.passages, again.notes.as_str()), (counts(0, 4), ""), "{index}");
    }
}

#[test]
fn a_file_that_is_cut_anywhere_is_healed_without_a_word() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    let expected = run(&encoder, &out, &TEXTS).vectors;
    let path = file(&encoder, &out);
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let done = run(&encoder, &out, &TEXTS);
        assert_eq!((done.vectors, done.notes.as_str()), (expected.clone(), ""), "{length}");
        assert_eq!(fs::read(&path).unwrap().len(), whole.len());
        assert_eq!(run(&encoder, &out, &TEXTS).passages, counts(0, 4));
        // A disk that lost power may keep the length and lose the bytes.
        fs::write(&path, [&whole[..length], &vec![0; whole.len() - length]].concat()).unwrap();
        assert_eq!(run(&encoder, &out, &TEXTS).vectors, expected, "{length}");
    }
}

#[test]
fn what_is_no_cache_is_set_aside() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    let path = file(&encoder, &out);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "a thesis").unwrap();
    let done = run(&encoder, &out, &TEXTS);
    insta::assert_snapshot!(done.notes, @"note: cache of vectors: The cache was not what its name says, so a new one was begun; the old one is now vectors-48156b365a8da923.set-aside. (It can be deleted.)");
    assert_eq!(fs::read(path.with_extension("set-aside")).unwrap(), b"a thesis");
    assert_eq!(run(&encoder, &out, &TEXTS).passages, counts(0, 4));
}

#[cfg(unix)]
#[test]
fn a_link_leads_nowhere() {
    let (folder, out) = folder();
    let encoder = Toy::default();
    let thesis = folder.path().join("thesis");
    fs::write(&thesis, "").unwrap();
    fs::create_dir_all(out.join("cache")).unwrap();
    std::os::unix::fs::symlink(&thesis, file(&encoder, &out)).unwrap();
    run(&encoder, &out, &TEXTS);
    assert_eq!(fs::read(&thesis).unwrap(), b"");
    assert_eq!(records(&encoder, &out), 4);
}

#[test]
fn a_folder_that_cannot_be_made_costs_a_note() {
    let (_folder, out) = folder();
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("cache"), "in the way").unwrap();
    let encoder = Counting::new(Toy::default());
    let done = run(&encoder, &out, &TEXTS);
    assert_eq!((done.vectors, done.passages), (plain(&encoder.inner, &TEXTS), counts(4, 0)));
    assert_eq!(done.notes.lines().count(), 1);
    assert!(done.notes.starts_with("note: cache of vectors: The cache cannot be opened ("), "{}", done.notes);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only_costs_a_note() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, out) = folder();
    let cache = out.join("cache");
    fs::create_dir_all(&cache).unwrap();
    fs::set_permissions(&cache, fs::Permissions::from_mode(0o500)).unwrap();
    let may_write_anyway = fs::write(cache.join("try"), "").is_ok();
    let done = run(&Toy::default(), &out, &TEXTS);
    assert_eq!(done.vectors, plain(&Toy::default(), &TEXTS));
    assert_eq!(done.notes.lines().count(), usize::from(!may_write_anyway), "{}", done.notes);
}

#[test]
fn a_disk_that_is_full_costs_a_note() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    run(&encoder, &out, &TEXTS[..1]);
    let cached = CachedEncoder::new(&encoder, &out);
    cached.encode(&TEXTS[..1], Purpose::Passage, &()).unwrap();
    match &mut cached.state().cache {
        Cache::Open { file, .. } => file.refuse_writing(),
        _ => panic!("the cache is open"),
    }
    let vectors = cached.encode(&TEXTS, Purpose::Passage, &()).unwrap();
    assert_eq!(vectors, plain(&encoder, &TEXTS));
    let again = cached.encode(&TEXTS, Purpose::Passage, &()).unwrap();
    assert_eq!(again, vectors);
    let (_, problems) = cached.finish();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.starts_with("The cache cannot be written ("), "{}", problems[0]);
    assert_eq!(run(&encoder, &out, &TEXTS).passages, counts(3, 1));
}

#[test]
fn of_two_runs_at_once_the_second_does_without() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    let first = CachedEncoder::new(&encoder, &out);
    first.encode(&TEXTS, Purpose::Passage, &()).unwrap();
    let second = run(&encoder, &out, &TEXTS);
    assert_eq!((second.vectors, second.passages), (plain(&encoder, &TEXTS), counts(4, 0)));
    insta::assert_snapshot!(second.notes, @"note: cache of vectors: Another run is using the cache, so this one embedded every text itself. (Results are the same; two runs at once need output folders of their own.)");
    first.finish();
    let third = run(&encoder, &out, &TEXTS);
    assert_eq!((third.passages, third.notes.as_str()), (counts(0, 4), ""));
}

#[test]
fn what_a_run_had_no_use_for_is_taken_out() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    run(&encoder, &out, &["a", "b", "c", "d", "e", "f"]);
    run(&encoder, &out, &["f", "b", "d", "a", "c"]);
    assert_eq!(records(&encoder, &out), 5);
    assert_eq!(count_missing(&encoder, &out, &["e", "f"], Purpose::Passage), 1);
    run(&encoder, &out, &["f", "b"]);
    assert_eq!(records(&encoder, &out), 2);
    let done = run(&encoder, &out, &["b", "f"]);
    assert_eq!((done.vectors, done.passages), (plain(&encoder, &["b", "f"]), counts(0, 2)));
    let mut names: Vec<_> =
        fs::read_dir(out.join("cache")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["lock", Layout::of(&encoder).name()]);
}

#[test]
fn a_run_that_ends_early_keeps_what_it_embedded() {
    let (_folder, out) = folder();
    let texts: Vec<String> = (0..SLICE + 9).map(|number| format!("text {number:05}")).collect();
    let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    // The shortest comes last.
    texts[5] = "short";
    let failing = Toy { fails_on: Some("short"), ..Toy::default() };
    let cached = CachedEncoder::new(&failing, &out);
    let error = cached.encode(&texts, Purpose::Passage, &()).unwrap_err();
    assert!(matches!(error, EmbedError::NotFinite { index: 5 }), "{error}");
    drop(cached);
    let done = run(&Toy::default(), &out, &texts);
    assert_eq!(done.passages, counts(9, SLICE as u64));
    assert_eq!(done.vectors, plain(&Toy::default(), &texts));
}

#[test]
fn nothing_is_made_before_the_first_text() {
    let (_folder, out) = folder();
    let (made, problems) = CachedEncoder::new(&Toy::default(), &out).finish();
    assert_eq!((made.fingerprint.as_str(), made.arithmetic.as_str()), ("0123", "toy f32 1"));
    assert!(problems.is_empty() && !out.exists());
}

#[test]
fn a_sealed_vector_that_no_encoder_gives_is_not_used() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    let cache = out.join("cache");
    private::make_folder(&cache).unwrap();
    let (mut file, _) = VectorFile::open(&cache, Layout::of(&encoder)).unwrap();
    let vectors = ndarray::array![[0.0, f32::NAN, 1.0]];
    file.append(&[key(Purpose::Passage, TEXTS[0])], vectors.view()).unwrap();
    drop(file);
    let done = run(&encoder, &out, &TEXTS);
    assert_eq!(done.vectors, plain(&encoder, &TEXTS));
    insta::assert_snapshot!(done.notes, @"note: cache of vectors: Vectors in the cache that were damaged and not used: 1. (Results are the same; if this comes again, the disk may be failing.)");
    assert_eq!(run(&encoder, &out, &TEXTS).notes, "");
}

#[test]
fn the_file_holds_no_text_and_is_its_owners_alone() {
    let (_folder, out) = folder();
    let encoder = Toy::default();
    run(&encoder, &out, &["sixty families"]);
    let bytes = fs::read(file(&encoder, &out)).unwrap();
    assert!(!bytes.windows(5).any(|window| window == b"sixty"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&out.join("cache")), 0o700);
        assert_eq!(mode(&file(&encoder, &out)), 0o600);
        run(&encoder, &out, &["a", "b", "c", "d", "e"]);
        run(&encoder, &out, &["a"]);
        assert_eq!(records(&encoder, &out), 1);
        assert_eq!(mode(&file(&encoder, &out)), 0o600, "rewritten");
    }
}
