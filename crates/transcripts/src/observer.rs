//! How a reading reports its progress and how it is stopped.

/// Follows a reading. Methods are called from several threads and should be quick.
///
/// `()` follows nothing:
///
/// ```
/// use transcripts::{ReadPlan, read_corpus};
///
/// let reading = read_corpus(&ReadPlan::default(), &());
/// assert!(reading.corpus.transcripts.is_empty());
/// ```
pub trait ReadObserver: Sync {
    /// Reading begins, with the number of files to read.
    fn begin(&self, files: usize) {
        let _ = files;
    }

    /// One more file was read, or was found to be unreadable.
    fn file_done(&self) {}

    /// Whether to stop: asked before each file. Files that are not read then are counted in
    /// [`Reading::unread_files`](crate::Reading::unread_files).
    fn should_stop(&self) -> bool {
        false
    }

    /// Reading ends.
    fn end(&self) {}
}

impl ReadObserver for () {}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::ReadObserver;
    use crate::{ReadPlan, SourceFile, read_corpus};

    /// Stops after the first file.
    #[derive(Default)]
    struct First(AtomicUsize);

    impl ReadObserver for First {
        fn file_done(&self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }

        fn should_stop(&self) -> bool {
            self.0.load(Ordering::Relaxed) > 0
        }
    }

    #[test]
    fn files_after_a_stop_are_counted_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<SourceFile> = (0..200)
            .map(|number| {
                let name = format!("P{number}.txt");
                let path = folder.path().join(&name);
                std::fs::write(&path, "I: How is work?\nP: Long.\n").unwrap();
                SourceFile::at(name, path)
            })
            .collect();
        let observer = First::default();
        let reading = read_corpus(&ReadPlan { files, ..ReadPlan::default() }, &observer);
        let read = observer.0.into_inner();
        assert!(read > 0 && read == reading.corpus.transcripts.len());
        assert_eq!(reading.unread_files, 200 - read);
    }
}
