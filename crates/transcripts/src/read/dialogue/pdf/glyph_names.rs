//! Names of glyphs in fonts of the Latin alphabet (Adobe Glyph List), and their letters.

/// Sorted by name.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("AE", "Æ"), ("Aacute", "Á"), ("Abreve", "Ă"), ("Acaron", "Ǎ"), ("Acircumflex", "Â"), ("Adieresis", "Ä"),
    ("Adotaccent", "Ȧ"), ("Agrave", "À"), ("Amacron", "Ā"), ("Aogonek", "Ą"), ("Aring", "Å"), ("Atilde", "Ã"),
    ("Bdotaccent", "Ḃ"), ("Cacute", "Ć"), ("Ccaron", "Č"), ("Ccedilla", "Ç"), ("Ccircumflex", "Ĉ"),
    ("Cdotaccent", "Ċ"), ("Dcaron", "Ď"), ("Dcedilla", "Ḑ"), ("Dcroat", "Đ"), ("Ddotaccent", "Ḋ"),
    ("Delta", "Δ"), ("Eacute", "É"), ("Ebreve", "Ĕ"), ("Ecaron", "Ě"), ("Ecedilla", "Ȩ"), ("Ecircumflex", "Ê"),
    ("Edieresis", "Ë"), ("Edotaccent", "Ė"), ("Egrave", "È"), ("Emacron", "Ē"), ("Eogonek", "Ę"), ("Eth", "Ð"),
    ("Etilde", "Ẽ"), ("Euro", "€"), ("Fdotaccent", "Ḟ"), ("Gacute", "Ǵ"), ("Gbreve", "Ğ"), ("Gcaron", "Ǧ"),
    ("Gcedilla", "Ģ"), ("Gcircumflex", "Ĝ"), ("Gdotaccent", "Ġ"), ("Gmacron", "Ḡ"), ("Hcaron", "Ȟ"),
    ("Hcedilla", "Ḩ"), ("Hcircumflex", "Ĥ"), ("Hdieresis", "Ḧ"), ("Hdotaccent", "Ḣ"), ("Iacute", "Í"),
    ("Ibreve", "Ĭ"), ("Icaron", "Ǐ"), ("Icircumflex", "Î"), ("Idieresis", "Ï"), ("Idotaccent", "İ"),
    ("Igrave", "Ì"), ("Imacron", "Ī"), ("Iogonek", "Į"), ("Itilde", "Ĩ"), ("Jcircumflex", "Ĵ"), ("Kacute", "Ḱ"),
    ("Kcaron", "Ǩ"), ("Kcedilla", "Ķ"), ("Lacute", "Ĺ"), ("Lcaron", "Ľ"), ("Lcedilla", "Ļ"), ("Lslash", "Ł"),
    ("Macute", "Ḿ"), ("Mdotaccent", "Ṁ"), ("Nacute", "Ń"), ("Ncaron", "Ň"), ("Ncedilla", "Ņ"),
    ("Ndotaccent", "Ṅ"), ("Ngrave", "Ǹ"), ("Ntilde", "Ñ"), ("OE", "Œ"), ("Oacute", "Ó"), ("Obreve", "Ŏ"),
    ("Ocaron", "Ǒ"), ("Ocircumflex", "Ô"), ("Odieresis", "Ö"), ("Odotaccent", "Ȯ"), ("Ograve", "Ò"),
    ("Ohungarumlaut", "Ő"), ("Omacron", "Ō"), ("Omega", "Ω"), ("Oogonek", "Ǫ"), ("Oslash", "Ø"),
    ("Otilde", "Õ"), ("Pacute", "Ṕ"), ("Pdotaccent", "Ṗ"), ("Racute", "Ŕ"), ("Rcaron", "Ř"), ("Rcedilla", "Ŗ"),
    ("Rdotaccent", "Ṙ"), ("Sacute", "Ś"), ("Scaron", "Š"), ("Scedilla", "Ş"), ("Scircumflex", "Ŝ"),
    ("Scommaaccent", "Ș"), ("Sdotaccent", "Ṡ"), ("Tcaron", "Ť"), ("Tcedilla", "Ţ"), ("Tcommaaccent", "Ț"),
    ("Tdotaccent", "Ṫ"), ("Thorn", "Þ"), ("Uacute", "Ú"), ("Ubreve", "Ŭ"), ("Ucaron", "Ǔ"),
    ("Ucircumflex", "Û"), ("Udieresis", "Ü"), ("Ugrave", "Ù"), ("Uhungarumlaut", "Ű"), ("Umacron", "Ū"),
    ("Uogonek", "Ų"), ("Uring", "Ů"), ("Utilde", "Ũ"), ("Vtilde", "Ṽ"), ("Wacute", "Ẃ"), ("Wcircumflex", "Ŵ"),
    ("Wdieresis", "Ẅ"), ("Wdotaccent", "Ẇ"), ("Wgrave", "Ẁ"), ("Xdieresis", "Ẍ"), ("Xdotaccent", "Ẋ"),
    ("Yacute", "Ý"), ("Ycircumflex", "Ŷ"), ("Ydieresis", "Ÿ"), ("Ydotaccent", "Ẏ"), ("Ygrave", "Ỳ"),
    ("Ymacron", "Ȳ"), ("Ytilde", "Ỹ"), ("Zacute", "Ź"), ("Zcaron", "Ž"), ("Zcircumflex", "Ẑ"),
    ("Zdotaccent", "Ż"), ("aacute", "á"), ("abreve", "ă"), ("acaron", "ǎ"), ("acircumflex", "â"),
    ("acute", "´"), ("adieresis", "ä"), ("adotaccent", "ȧ"), ("ae", "æ"), ("agrave", "à"), ("amacron", "ā"),
    ("ampersand", "&"), ("aogonek", "ą"), ("approxequal", "≈"), ("aring", "å"), ("arrowleft", "←"),
    ("arrowright", "→"), ("asciicircum", "^"), ("asciitilde", "~"), ("asterisk", "*"), ("at", "@"),
    ("atilde", "ã"), ("backslash", "\\"), ("bar", "|"), ("bdotaccent", "ḃ"), ("braceleft", "{"),
    ("braceright", "}"), ("bracketleft", "["), ("bracketright", "]"), ("breve", "˘"), ("brokenbar", "¦"),
    ("bullet", "•"), ("cacute", "ć"), ("caron", "ˇ"), ("ccaron", "č"), ("ccedilla", "ç"), ("ccircumflex", "ĉ"),
    ("cdotaccent", "ċ"), ("cedilla", "¸"), ("cent", "¢"), ("circumflex", "ˆ"), ("colon", ":"), ("comma", ","),
    ("copyright", "©"), ("currency", "¤"), ("dagger", "†"), ("daggerdbl", "‡"), ("dcaron", "ď"),
    ("dcedilla", "ḑ"), ("dcroat", "đ"), ("ddotaccent", "ḋ"), ("degree", "°"), ("dieresis", "¨"),
    ("divide", "÷"), ("dollar", "$"), ("dotaccent", "˙"), ("dotlessi", "ı"), ("eacute", "é"), ("ebreve", "ĕ"),
    ("ecaron", "ě"), ("ecedilla", "ȩ"), ("ecircumflex", "ê"), ("edieresis", "ë"), ("edotaccent", "ė"),
    ("egrave", "è"), ("eight", "8"), ("ellipsis", "…"), ("emacron", "ē"), ("emdash", "—"), ("endash", "–"),
    ("eogonek", "ę"), ("equal", "="), ("eth", "ð"), ("etilde", "ẽ"), ("exclam", "!"), ("exclamdown", "¡"),
    ("fdotaccent", "ḟ"), ("ff", "ff"), ("ffi", "ffi"), ("ffl", "ffl"), ("fi", "fi"), ("five", "5"),
    ("fl", "fl"), ("florin", "ƒ"), ("four", "4"), ("fraction", "⁄"), ("gacute", "ǵ"), ("gbreve", "ğ"),
    ("gcaron", "ǧ"), ("gcedilla", "ģ"), ("gcircumflex", "ĝ"), ("gdotaccent", "ġ"), ("germandbls", "ß"),
    ("gmacron", "ḡ"), ("grave", "`"), ("greater", ">"), ("greaterequal", "≥"), ("guillemotleft", "«"),
    ("guillemotright", "»"), ("guilsinglleft", "‹"), ("guilsinglright", "›"), ("hcaron", "ȟ"),
    ("hcedilla", "ḩ"), ("hcircumflex", "ĥ"), ("hdieresis", "ḧ"), ("hdotaccent", "ḣ"), ("hungarumlaut", "˝"),
    ("hyphen", "-"), ("iacute", "í"), ("ibreve", "ĭ"), ("icaron", "ǐ"), ("icircumflex", "î"),
    ("idieresis", "ï"), ("igrave", "ì"), ("imacron", "ī"), ("infinity", "∞"), ("integral", "∫"),
    ("iogonek", "į"), ("itilde", "ĩ"), ("jcaron", "ǰ"), ("jcircumflex", "ĵ"), ("kacute", "ḱ"), ("kcaron", "ǩ"),
    ("kcedilla", "ķ"), ("lacute", "ĺ"), ("lcaron", "ľ"), ("lcedilla", "ļ"), ("less", "<"), ("lessequal", "≤"),
    ("logicalnot", "¬"), ("lozenge", "◊"), ("lslash", "ł"), ("macron", "¯"), ("macute", "ḿ"),
    ("mdotaccent", "ṁ"), ("middot", "·"), ("minus", "−"), ("mu", "µ"), ("multiply", "×"), ("nacute", "ń"),
    ("nbspace", " "), ("ncaron", "ň"), ("ncedilla", "ņ"), ("ndotaccent", "ṅ"), ("ngrave", "ǹ"), ("nine", "9"),
    ("nonbreakingspace", " "), ("notequal", "≠"), ("ntilde", "ñ"), ("numbersign", "#"), ("oacute", "ó"),
    ("obreve", "ŏ"), ("ocaron", "ǒ"), ("ocircumflex", "ô"), ("odieresis", "ö"), ("odotaccent", "ȯ"),
    ("oe", "œ"), ("ogonek", "˛"), ("ograve", "ò"), ("ohungarumlaut", "ő"), ("omacron", "ō"), ("one", "1"),
    ("onehalf", "½"), ("onequarter", "¼"), ("onesuperior", "¹"), ("oogonek", "ǫ"), ("ordfeminine", "ª"),
    ("ordmasculine", "º"), ("oslash", "ø"), ("otilde", "õ"), ("pacute", "ṕ"), ("paragraph", "¶"),
    ("parenleft", "("), ("parenright", ")"), ("partialdiff", "∂"), ("pdotaccent", "ṗ"), ("percent", "%"),
    ("period", "."), ("periodcentered", "·"), ("perthousand", "‰"), ("pi", "π"), ("plus", "+"),
    ("plusminus", "±"), ("product", "∏"), ("question", "?"), ("questiondown", "¿"), ("quotedbl", "\""),
    ("quotedblbase", "„"), ("quotedblleft", "“"), ("quotedblright", "”"), ("quoteleft", "‘"),
    ("quoteright", "’"), ("quotesinglbase", "‚"), ("quotesingle", "'"), ("racute", "ŕ"), ("radical", "√"),
    ("rcaron", "ř"), ("rcedilla", "ŗ"), ("rdotaccent", "ṙ"), ("registered", "®"), ("ring", "˚"),
    ("sacute", "ś"), ("scaron", "š"), ("scedilla", "ş"), ("scircumflex", "ŝ"), ("scommaaccent", "ș"),
    ("sdotaccent", "ṡ"), ("section", "§"), ("semicolon", ";"), ("seven", "7"), ("sfthyphen", "\u{AD}"),
    ("six", "6"), ("slash", "/"), ("softhyphen", "\u{AD}"), ("space", " "), ("sterling", "£"),
    ("summation", "∑"), ("tcaron", "ť"), ("tcedilla", "ţ"), ("tcommaaccent", "ț"), ("tdieresis", "ẗ"),
    ("tdotaccent", "ṫ"), ("thorn", "þ"), ("three", "3"), ("threequarters", "¾"), ("threesuperior", "³"),
    ("tilde", "˜"), ("trademark", "™"), ("two", "2"), ("twosuperior", "²"), ("uacute", "ú"), ("ubreve", "ŭ"),
    ("ucaron", "ǔ"), ("ucircumflex", "û"), ("udieresis", "ü"), ("ugrave", "ù"), ("uhungarumlaut", "ű"),
    ("umacron", "ū"), ("underscore", "_"), ("uogonek", "ų"), ("uring", "ů"), ("utilde", "ũ"), ("vtilde", "ṽ"),
    ("wacute", "ẃ"), ("wcircumflex", "ŵ"), ("wdieresis", "ẅ"), ("wdotaccent", "ẇ"), ("wgrave", "ẁ"),
    ("wring", "ẘ"), ("xdieresis", "ẍ"), ("xdotaccent", "ẋ"), ("yacute", "ý"), ("ycircumflex", "ŷ"),
    ("ydieresis", "ÿ"), ("ydotaccent", "ẏ"), ("yen", "¥"), ("ygrave", "ỳ"), ("ymacron", "ȳ"), ("yring", "ẙ"),
    ("ytilde", "ỹ"), ("zacute", "ź"), ("zcaron", "ž"), ("zcircumflex", "ẑ"), ("zdotaccent", "ż"), ("zero", "0"),
];

/// The letter of a name: `eacute`, `uni00E9`, `u1F600`, `A`, also with a suffix such as `a.swash`.
pub(super) fn letter_named(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(name.to_owned());
    }
    if let Ok(at) = NAMES.binary_search_by(|(known, _)| known.cmp(&name)) {
        return NAMES.get(at).map(|(_, letter)| (*letter).to_owned());
    }
    let digits = name.strip_prefix("uni").filter(|digits| digits.len() == 4);
    let digits =
        digits.or_else(|| name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())))?;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some(c.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_found() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        for (name, letter) in [("eacute", "é"), ("A", "A"), ("uni05D0", "א"), ("fi", "fi"), ("a.alt", "a")]
        {
            assert_eq!(letter_named(name).as_deref(), Some(letter), "{name}");
        }
        assert_eq!(letter_named("g123"), None);
        assert_eq!(letter_named(""), None);
    }
}
