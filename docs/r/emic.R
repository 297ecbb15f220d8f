# Emic from R: run a study, read every table, count what a model needs. Copy this file beside your script, and source("emic.R").
# Needs nothing beyond base R where `emic` is on the path; tables are read faster with `nanoparquet` or `arrow`.

# Runs the command `emic` with these words; returns its exit status: 0 done, 2 done but something was skipped (see the table `problems`).
emic <- function(..., program = Sys.getenv("EMIC", "emic")) {
  status <- system2(program, shQuote(c(...)))
  if (!status %in% c(0, 2)) stop("emic ended with status ", status, "; it has said why above", call. = FALSE)
  invisible(status)
}

# Runs a study file into the folder `out`.
emic_run <- function(study, out, ..., program = Sys.getenv("EMIC", "emic")) {
  emic("run", study, "--out", out, "--quiet", ..., program = program)
  invisible(out)
}

# All tables of a finished run, a list of data frames by name. Without a package for Parquet they are exported as CSV first.
# The table `embeddings` (hundreds of numbers a row) is left out.
emic_tables <- function(out, program = Sys.getenv("EMIC", "emic")) {
  files <- list.files(file.path(out, "tables"), pattern = "\\.parquet$", full.names = TRUE)
  if (length(files) == 0) stop("there are no tables in ", out, "; run the study first", call. = FALSE)
  names <- setdiff(sub("\\.parquet$", "", basename(files)), "embeddings")
  if (requireNamespace("nanoparquet", quietly = TRUE)) {
    read <- function(name) nanoparquet::read_parquet(file.path(out, "tables", paste0(name, ".parquet")))
  } else if (requireNamespace("arrow", quietly = TRUE)) {
    read <- function(name) arrow::read_parquet(file.path(out, "tables", paste0(name, ".parquet")))
  } else {
    folder <- tempfile("emic-tables-")
    on.exit(unlink(folder, recursive = TRUE))
    emic("export", out, "--to", folder, program = program)
    read <- function(name) emic_read_csv(file.path(folder, paste0(name, ".csv")))
  }
  # A factor would sort groups by the alphabet of this computer.
  sapply(names, function(name) as.data.frame(read(name)), simplify = FALSE)
}

# A table that Emic wrote as CSV, without the apostrophe that keeps spreadsheets from taking a text for a formula.
emic_read_csv <- function(file) {
  table <- read.csv(file, fileEncoding = "UTF-8-BOM", na.strings = "", check.names = FALSE, colClasses = "character")
  unguarded <- function(text) sub("^'(?='*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])", "", text, perl = TRUE)
  names(table) <- unguarded(names(table))
  # `true` becomes TRUE, numbers become numbers, a text stays one.
  table[] <- lapply(table, function(column) {
    if (any(!is.na(column)) && all(column %in% c("true", "false", NA))) return(column == "true")
    values <- type.convert(column, as.is = TRUE, na.strings = character(0))
    if (is.character(values)) unguarded(values) else values
  })
  table
}

# One row a segment: the transcript's attributes, and a column `about` that says whether the segment carries the theme by a label that is
# `likely` (or given by people). With `tier = "possible"` every label counts.
emic_segments_about <- function(tables, theme, tier = "likely") {
  if (!theme %in% tables$themes$theme) stop("there is no theme ", theme, call. = FALSE)
  counted <- if (tier == "possible") c("likely", "possible") else "likely"
  labels <- tables$labels[tables$labels$theme == theme & tables$labels$tier %in% counted, ]
  segments <- merge(tables$segments, tables$transcripts, by = "transcript_id", suffixes = c("", "_of_transcript"), sort = FALSE)
  segments$about <- as.integer(segments$segment_id %in% labels$segment_id)
  segments[order(segments$transcript_id, segments$segment_index), ]
}
