//! The tokens of Rich Text, and its numbers of code pages.

use encoding_rs::Encoding;

/// A piece of Rich Text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\*`: programs that do not know the group may leave it out.
    Ignorable,
    /// `\word` or `\word12`, with the blank behind it.
    Word(&'a str, Option<i32>),
    /// `\'e9`: a byte of text.
    Byte(u8),
    /// A character with a control symbol of its own: `\~`.
    Symbol(&'static str),
    /// Text as it is, without line breaks.
    Text(&'a [u8]),
}

/// Splits bytes into tokens; any bytes are valid.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// The token after a backslash, which is already consumed.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.skip(1);
        Some(match first {
            b'\'' => {
                let digits = self.rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
                    return self.next();
                };
                self.skip(2);
                Token::Byte(byte)
            }
            b'*' => Token::Ignorable,
            b'~' => Token::Symbol("\u{A0}"),
            b'_' => Token::Symbol("\u{2011}"),
            b'-' => Token::Symbol("\u{AD}"),
            b'\n' | b'\r' => Token::Word("par", None),
            b'\t' => Token::Word("tab", None),
            b'\\' => Token::Byte(b'\\'),
            b'{' => Token::Byte(b'{'),
            b'}' => Token::Byte(b'}'),
            _ => Token::Word("", None),
        })
    }

    fn word(&mut self) -> Token<'a> {
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&self.rest[..letters]).unwrap_or_default();
        self.skip(letters);
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(sign).take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        if digits > 0 {
            let text = std::str::from_utf8(&self.rest[..sign + digits]).unwrap_or_default();
            number = text.parse::<i64>().ok().and_then(|number| i32::try_from(number).ok());
            self.skip(sign + digits);
        }
        if self.rest.first() == Some(&b' ') {
            self.skip(1);
        }
        if word == "bin" {
            // The bytes of a picture, in which braces have no meaning.
            self.skip(number.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(0));
        }
        Token::Word(word, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.rest.first()?;
            match first {
                b'{' | b'}' => {
                    self.skip(1);
                    return Some(if first == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    self.skip(1);
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.skip(1),
                b'\t' => {
                    self.skip(1);
                    return Some(Token::Word("tab", None));
                }
                _ => {
                    let is_text =
                        |byte: &&u8| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\t' | 0);
                    let length = self.rest.iter().take_while(is_text).count();
                    let (text, rest) = self.rest.split_at(length);
                    self.rest = rest;
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

/// The encoding of a code page of Windows.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 | 1361 => "euc-kr",
        950 => "big5",
        866 => "ibm866",
        1250 => "windows-1250",
        1251 => "windows-1251",
        // The first pages of DOS differ beyond ASCII and are not supported; letters without accents are right.
        1252 | 437 | 819 | 850 => "windows-1252",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        10000 => "macintosh",
        65001 => "utf-8",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set; none for the document's own and for symbols.
pub(super) fn character_set(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
