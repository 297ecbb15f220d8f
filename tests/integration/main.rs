//! The program as people run it: one binary, a module a question.
//!
//! Tests that need the real model fetch it as a user would, and fail with a sentence when it cannot be had.

#![expect(
    clippy::disallowed_methods,
    reason = "what the library may not use in its arithmetic is well enough here"
)]
#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod behaviour;
mod cache;
mod check;
mod confidential;
mod demo;
mod embed;
mod exchange;
mod hostile;
mod review;
mod rust_bert;
mod same_answer;
mod scale;
mod scratch;
mod withdrawn;
